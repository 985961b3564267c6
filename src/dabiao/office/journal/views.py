"""留痕台账 for the audit administrator: entries with filters, one entry in words, and a check on request."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from dabiao.base import canonical
from dabiao.base.clock import SHANGHAI
from dabiao.base.journal import verify
from dabiao.base.journal.findings import Status
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Absent, TooLarge
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.look.rates import Rate, spend
from dabiao.office import frame
from dabiao.office.journal import told
from dabiao.people.models import Account

AUDIT = frozenset({Role.AUDIT_ADMIN})
PER_PAGE = 50
MOST_EXPORTED = 20_000
MOST_VERIFIED = 200_000  # entries checked while a person waits; beyond that the command line does it
CHECKING = Rate("journal_verify", 6, 10 * 60)
STATUS = {
    Status.OK: "台账完整，没有发现改动。",
    Status.BROKEN: "台账与写入时不符，请立即保全现场并报告。",
    Status.UNPROVABLE: "现有数据不足以证明。",
}


@address("审计管理员查看留痕台账", AUDIT)
def listing(request: Request) -> HttpResponse:
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, told.chain(row.chain), canonical.loads(row.body)) for row in page_]
    context = {"page": page_, "rows": rows, "tables": told.tables()}
    return frame.page(request, "office/journal/list.html", context)


@address("审计管理员导出留痕台账", AUDIT)
def export(request: Request) -> HttpResponse:
    headings = ("条目", "时间", "人员", "办理事项", "对象", "链上序号", "摘要")
    rows = _filtered(request)[:MOST_EXPORTED]
    content = workbook("留痕台账", headings, (_exported(row) for row in rows.iterator(chunk_size=500)))
    headers = {"Content-Disposition": 'attachment; filename="journal.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: JournalEntry) -> tuple[Any, ...]:
    body = canonical.loads(row.body)
    place = told.chain(row.chain)
    return (row.pk, row.received_at, body["by"]["name"], body["sentence"], place, row.seq, row.digest)


def _filtered(request: Request) -> "QuerySet[JournalEntry]":
    """Newest first: chain as `table` or `table:key`, person by login, act by its name, day."""
    asked = request.GET
    rows = JournalEntry.objects.order_by("-id")
    if chain := asked.get("chain", "").strip():
        whole = ":" in chain
        rows = rows.filter(chain=chain) if whole else rows.filter(chain__startswith=f"{chain}:")
    if login := asked.get("who", "").strip():
        rows = rows.filter(actor__in=list(Account.objects.filter(login=login).values_list("pk", flat=True)))
    if act := asked.get("act", "").strip():
        rows = rows.filter(act__startswith=act)
    if day := _day(asked.get("day", "")):
        first = datetime.combine(day, time(), tzinfo=SHANGHAI)
        rows = rows.filter(received_at__gte=first, received_at__lt=first + timedelta(days=1))
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


@address("审计管理员查看一条留痕", AUDIT)
def page(request: Request, key: int) -> HttpResponse:
    row = JournalEntry.objects.filter(pk=key).first()
    if row is None:
        raise Absent
    around = JournalEntry.objects.filter(chain=row.chain, seq__in=(row.seq - 1, row.seq + 1))
    near = {each.seq: each for each in around}
    context = {
        "entry": told.entry(row),
        "chain": told.chain(row.chain),
        "whole": row.reckon() == row.digest,
        "before": near.get(row.seq - 1),
        "after": near.get(row.seq + 1),
    }
    crumbs = [("留痕台账", "/office/journal/"), (f"第 {row.pk} 条", "")]
    return frame.page(request, "office/journal/entry.html", context, crumbs=crumbs)


@address("审计管理员核验留痕台账", AUDIT, ("GET", "POST"))
def verified(request: Request) -> HttpResponse:
    """The check runs when asked for by POST, and only on a journal a person can wait for."""
    crumbs = [("留痕台账", "/office/journal/"), ("核验", "")]
    if request.method != "POST":
        return frame.page(request, "office/journal/verify.html", {}, crumbs=crumbs)
    spend(CHECKING, request, "核验较费资源，请过几分钟再试。")
    if JournalEntry.objects.count() > MOST_VERIFIED:
        raise TooLarge("台账条目较多，请在服务器上用命令 dabiao journal verify 核验，可以长时间运行。")
    done = verify.verify()
    context = {"done": done, "words": STATUS[done.status], "ok": done.status is Status.OK, **done.plain()}
    return frame.page(request, "office/journal/verify.html", context, crumbs=crumbs)
