"""Open data: what is public anyway, as CSV and JSON, page by page."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse, JsonResponse

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.export import FORMULA_MARKS
from dabiao.publicsite import directory, frame, paging, register
from dabiao.publicsite.register import Asked

KINDS: Final = {
    "certificates": "certificate",
    "publicity": "publicity",
    "announcements": "announcement",
    "commitments": "commitment",
}
REVIEW_UNITS: Final = "review-units"
TITLES: Final = {
    "certificates": "证书名录",
    "publicity": "公示",
    "announcements": "公告",
    "commitments": "企业承诺",
    REVIEW_UNITS: "评审单位名录",
}
MOST: Final = 5000  # rows of one answer; `after` asks for the next
USUAL: Final = 250  # where nobody says how many
HEADINGS: Final = {
    "number": "编号",
    "title": "标题",
    "unit": "企业",
    "uscc": "统一社会信用代码",
    "jurisdiction": "管辖区",
    "industry_code": "行业代码",
    "industry": "行业",
    "level_title": "等级",
    "standard": "评定标准",
    "review_unit": "评审单位",
    "owner": "公告部门",
    "from": "起始日期",
    "last": "最后一日",
    "state": "状态",
    "recognised": "认定",
}


@address("公众使用开放数据", EVERYBODY)
def index(request: Request) -> HttpResponse:
    context = {"sets": list(TITLES.items()), "headings": HEADINGS, "most": MOST, "usual": USUAL}
    return frame.page(request, "publicsite/open_data.html", context)


@address("公众下载开放数据", EVERYBODY)
def data(request: Request, name: str, form: str) -> HttpResponse:
    """Newest first; `after` is the `next` of the answer before, which a link in its head leads to as well."""
    if name not in TITLES or form not in {"csv", "json"}:
        raise Absent
    rows, following = _rows(request, KINDS[name]) if name in KINDS else (directory.plain(clock.today()), None)
    if form == "json":
        response: HttpResponse = JsonResponse(
            {"rows": rows, "next": following}, json_dumps_params={"ensure_ascii": False}
        )
    else:
        response = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    if following is not None:
        response["Link"] = f'<{_onward(request, following)}>; rel="next"'
    response["Cache-Control"] = f"public, max-age={frame.KEPT}"
    return response


def _onward(request: Request, key: int) -> str:
    query = request.GET.copy()
    query["after"] = str(key)
    return f"{request.path}?{query.urlencode()}"


def _rows(request: Request, kind: str) -> tuple[list[dict[str, Any]], int | None]:
    """So many as are asked for with `rows`, or a page that is made as quickly as one of the site's."""
    most, day, after = _number(request, "rows") or USUAL, clock.today(), _number(request, "after")
    last = PublicRecord.objects.filter(pk=after).first() if after else None
    found = register.found(kind, Asked.of(request.GET), min(day, last.since) if last else day)
    if after:
        found = paging.after(found, last)
    page = list(found.values_list("pk", "number", "since", "until", "payload")[: min(most, MOST) + 1])
    rows = [register.plain(*told) for _, *told in page[: min(most, MOST)]]
    return rows, page[len(rows) - 1][0] if len(page) > len(rows) else None


def _number(request: Request, name: str) -> int:
    """What a key can be; 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= paging.LONGEST_KEY else 0


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    """With a mark that tells Excel the encoding; nothing in it is taken for a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(HEADINGS.values())
    table.writerows([_safe(row.get(name)) for name in HEADINGS] for row in rows)
    return out.getvalue()


def _safe(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
