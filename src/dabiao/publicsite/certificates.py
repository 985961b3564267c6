"""Certificates: looked up by number, listed with their status on any day, checked by the code they carry."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.safestring import SafeString

from dabiao.base import clock
from dabiao.base.journal import signing
from dabiao.base.models import PublicRecord
from dabiao.grading.documents import statements
from dabiao.grading.documents.statements import FORMAT, Statement
from dabiao.kernel.days import spelled
from dabiao.kernel.errors import Absent, Invalid
from dabiao.look import tables
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.tables import Column
from dabiao.organisations.models import Jurisdiction
from dabiao.publicsite import frame, published, register
from dabiao.publicsite.register import Asked

COLUMNS = (
    Column("编号", nowrap=True),
    *(Column("企业"), Column("管辖区"), Column("等级")),
    *(Column("最后一日", nowrap=True), Column("状态")),
)
LONGEST_NUMBER = 60
LONGEST_CODE = 2000


@address("公众查验证书", EVERYBODY)
def listing(request: Request) -> HttpResponse:
    """By number; says plainly where there is none. Below it the register, on any day."""
    today = clock.today()
    number = request.GET.get("number", "").strip()[:LONGEST_NUMBER]
    found = published.certificate(number, today) if number else None
    (day, day_fault), asked = day_asked(request, today), Asked.of(request.GET)
    many = register.page("certificate", asked, day, request.GET)
    context = {
        "number": number,
        "found": register.shown(found, today) if found else None,
        "any": bool(many.rows) or bool(asked) or "certificate" in published.counted(today),
        "asked": asked,
        "day": day,
        "day_fault": day_fault,
        "many": many,
        "table": _table(many.rows, day),
        **choices(),
    }
    return frame.page(request, "publicsite/certificates.html", context)


def _table(rows: Sequence[PublicRecord], day: date) -> SafeString:
    links = tables.links("publicsite:certificate", (row.number for row in rows))
    lines = (_line(register.shown(row, day), link) for row, link in zip(rows, links, strict=True))
    return tables.drawn(COLUMNS, lines)


def _line(shown: register.Shown, link: SafeString) -> tables.Row:
    told, state = shown.row.payload, tables.badge(shown.status, "good" if shown.good else "veto")
    last = shown.last.isoformat() if shown.last else ""
    named = told.get("unit") or shown.row.title
    return link, named, told.get("jurisdiction"), told.get("level_title"), last, state


def choices() -> dict[str, object]:
    return {"levels": register.LEVELS, "jurisdictions": list(Jurisdiction.objects.all())}


def day_asked(request: Request, today: date) -> tuple[date, str]:
    """The day somebody asks about, today where none is said; and in words why it could not be taken."""
    told = request.GET.get("on", "").strip()
    try:
        day = date.fromisoformat(told) if told else today
    except ValueError:
        return today, "日期没有看懂，请按“年-月-日”填写，例如 2026-03-16。下面列出今天的状态。"
    if day > today:
        return today, f"{spelled(day)}还没有到，当日状态无从知道。下面列出今天的状态。"
    return day, ""


@address("公众查看一份证书", EVERYBODY)
def one(request: Request, number: str) -> HttpResponse:
    today = clock.today()
    row = published.certificate(number, today)
    if row is None:
        raise Absent("没有这个编号的证书，请核对编号。")
    context = {"shown": register.shown(row, today), "payload": row.payload, "row": row}
    return frame.page(request, "publicsite/certificate.html", context)


@address("公众按证书二维码核验", EVERYBODY)
def verify(request: Request) -> HttpResponse:
    """The code's statement against our key, and the register's word on the certificate today."""
    text = request.GET.get("code", "").strip()[:LONGEST_CODE]
    read, error = _read(text) if text else (None, "")
    today = clock.today()
    row = published.certificate(read.number, today) if read else None
    context = {
        "code": text,
        "read": read,
        "level": register.LEVELS.get(read.level, read.level) if read else "",
        "error": error,
        "shown": register.shown(row, today) if row else None,
        "key": signing.known_key(),
        "format": FORMAT,
    }
    return frame.page(request, "publicsite/verify.html", context, status=422 if error else 200)


def _read(text: str) -> tuple[Statement | None, str]:
    known = signing.known_key()
    if not known:
        return None, "本系统还没有签发过证书。"
    try:
        return statements.read(text, statements.public_key(known)), ""
    except Invalid as error:
        return None, error.text


@address("公众下载核验证书的公钥", EVERYBODY)
def key(request: Request) -> HttpResponse:
    """Hex, one line: enough to check a certificate without this site."""
    response = HttpResponse(f"{signing.known_key()}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="certificate-key.txt"'
    response["Cache-Control"] = f"public, max-age={frame.KEPT}"
    return response
