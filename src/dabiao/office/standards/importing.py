"""Importing an authority's table: what was understood becomes a draft, or its errors are shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.files import store
from dabiao.base.files.recognise import Recognised
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.standards import finding, forms
from dabiao.office.standards.finding import KEEPERS
from dabiao.office.standards.listing import crumbs
from dabiao.organisations.models import Body
from dabiao.standards.models import Edition, Standard
from dabiao.standards.services import drafts
from dabiao.standards.services import standards as registering
from dabiao.standards.services.drafts import FromFile
from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import Hints, TableError, Understanding

# Short names: a stored file's kind has room for forty characters, Excel's own takes more.
KINDS = {
    "xlsx": "application/x-xlsx",
    "xls": "application/vnd.ms-excel",
    "ods": "application/x-ods",
    "csv": "text/csv",
}
MOST = 20 * store.MIB


@dataclass(slots=True)
class Attempt:
    """What became of an upload; `read` is kept so that the page can show it beside the errors."""

    read: Understanding | None = None
    edition: Edition | None = None


@address("导入评分表，建立一版草案", KEEPERS, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    owner, attempt = finding.own_body(request), Attempt()
    label = f"{clock.today().year}版"
    wanted = {"label": label, "standard": request.GET.get("standard")}
    form = forms.ImportForm(request.POST or None, request.FILES or None, initial=wanted)
    form.choose_from(Standard.objects.filter(owner=owner))

    def act() -> None:
        _read(form.cleaned_data, attempt)
        attempt.edition = _kept(form.cleaned_data, attempt, owner, request.actor, clock.now())

    if request.method == "POST" and acting.tried(form, act) and attempt.edition:
        words = "已建立草案。请逐条确认读取结果，确认完再发布。"
        return acting.done(request, words, "office:edition_check", attempt.edition.pk)
    context = {"form": form, "read": attempt.read, "owner": owner}
    status = 422 if form.is_bound else 200
    here = crumbs(("导入评分表", ""))
    return frame.page(request, "office/standards/import.html", context, crumbs=here, status=status)


def _read(said: dict[str, Any], attempt: Attempt) -> None:
    """Understand the file; what stands in the way is said beside its field."""
    file = said["file"]
    if file.size > MOST:
        raise Invalid("文件过大。", {"file": f"评分表不能超过 {MOST // store.MIB} MB。"})
    sheets = tuple(part.strip() for part in said["sheets"].replace("，", "、").split("、") if part.strip())
    hints = Hints(
        said["title"], said["number"], sheets, header_row=said["header_row"] or 0, columns=said["columns"]
    )
    try:
        attempt.read = understand(file.read(), file.name, hints)
    except TableError as error:
        raise Invalid("文件不能读取。", {"file": str(error)}) from error
    if attempt.read.errors:
        told = f"表格有{len(attempt.read.errors)}处错误，已逐处列在下面，请改正后重新选择文件。"
        raise Invalid("表格有错误。", {"file": told})


def _kept(said: dict[str, Any], attempt: Attempt, owner: Body, by: Actor, at: datetime) -> Edition:
    """The standard if it is new, and the draft; all or nothing. The bytes lie by content already."""
    read, file = attempt.read, said["file"]
    if read is None:
        raise Invalid("文件不能读取。")
    file.seek(0)
    kind = KINDS.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
    taken = store.take_in(file.chunks(), Recognised(kind))
    with transaction.atomic():
        return drafts.open_draft_from_table(
            standard=said["standard"] or _registered(said, read, owner, by, at),
            label=said["label"],
            understood=read,
            file=FromFile(file.name[:120], taken.digest, taken),
            by=by,
            at=at,
        )


def _registered(said: dict[str, Any], read: Understanding, owner: Body, by: Actor, at: datetime) -> Standard:
    number, title = said["number"] or read.book.number, said["title"] or read.book.title
    missing = {
        "number": "" if number else "表中没有标准编号，请填写。",
        "title": "" if title else "表中没有标准名称，请填写。",
    }
    if wrong := {name: text for name, text in missing.items() if text}:
        raise Invalid("请补充标准信息。", wrong)
    return registering.register(
        number=number, title=title, kind=said["kind"], owner=owner, levels=said["levels"], by=by, at=at
    )
