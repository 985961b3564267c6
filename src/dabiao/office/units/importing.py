"""Handing in a file of units: read, checked, corrected, confirmed, entered; long work goes on by itself."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from dabiao.base import clock
from dabiao.base.files import store
from dabiao.base.files.recognise import Recognised
from dabiao.kernel.errors import Absent, Invalid, TooMany
from dabiao.kernel.roles import DISTRICT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.asked import whole
from dabiao.office.units import forms
from dabiao.organisations.models import UnitImport
from dabiao.organisations.permissions import KEEPING
from dabiao.organisations.services import import_jobs
from dabiao.organisations.states import RUNNING, TITLES, ImportState
from dabiao.organisations.tables.headings import TITLES as FIELDS

KEEPERS: Final = frozenset(KEEPING) | DISTRICT_ROLES
MOST: Final = 150 * store.MIB
AT_ONCE: Final = store.MIB  # smaller files are worked on while one waits
OFTEN: Final = 20  # files within …
WINDOW: Final = timedelta(minutes=10)
PER_PAGE: Final = 20
KIND: Final = "application/x-units"  # what it is inside is found when it is read
WORK: Final = "from dabiao.cli.main import main; main()"
HOME: Final = ("企业", "/office/units/")
HERE: Final = "/office/units/imports/"


@address("提交企业名册文件，查看自己提交的导入", KEEPERS, ("GET", "POST"))
def listing(request: Request) -> HttpResponse:
    form = forms.ImportForm(acting.posted(request), request.FILES or None)
    made: list[UnitImport] = []
    if request.method == "POST" and acting.tried(form, lambda: made.append(_submitted(request, form))):
        return redirect("office:unit_import", made[0].pk)
    rows = UnitImport.objects.visible_to(request.actor)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "fields": list(FIELDS.values()),
    }
    status = 422 if form.is_bound else 200
    crumbs = [HOME, ("导入名册", "")]
    return frame.page(request, "office/units/imports.html", context, crumbs=crumbs, status=status)


def _submitted(request: Request, form: forms.ImportForm) -> UnitImport:
    file, at = form.cleaned_data["file"], clock.now()
    if file.size > MOST:
        raise Invalid("文件过大。", {"file": f"文件不能超过 {MOST // store.MIB} MB，请分成几个文件。"})
    rows = UnitImport.objects.visible_to(request.actor).filter(submitted_at__gt=at - WINDOW)
    if rows.count() >= OFTEN:
        raise TooMany("提交得过于频繁，请十分钟后再试。", retry=int(WINDOW.total_seconds()))
    taken = store.take_in(file.chunks(), Recognised(KIND))
    job = import_jobs.submit(taken=taken, name=file.name, by=request.actor, at=at)
    _start(request, job)
    return job


def _start(request: Request, job: UnitImport) -> None:
    """A small file at once; a large one by a process of its own, which outlives this request."""
    if job.file.size <= AT_ONCE:
        import_jobs.work(job=job, by=request.actor, at=clock.now())
        return
    words = [sys.executable, "-c", WORK, "units", "work", str(job.pk)]
    quiet = subprocess.DEVNULL
    subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603


@address("核对名册文件读出的内容，更正各列，确认导入", KEEPERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    job = UnitImport.objects.visible_to(request.actor).select_related("file").filter(pk=key).first()
    if job is None:
        raise Absent
    form = forms.GoOnForm(acting.posted(request))
    if request.method == "POST" and acting.tried(form, lambda: _went_on(request, job, form)):
        return redirect("office:unit_import", key)
    context = {"job": job, "form": form, **_shown(job)}
    crumbs = [HOME, ("导入名册", HERE), (job.name, "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/units/import.html", context, crumbs=crumbs, status=status)


def _went_on(request: Request, job: UnitImport, form: forms.GoOnForm) -> None:
    told = {"job": job, "version": form.cleaned_data["version"], "by": request.actor, "at": clock.now()}
    if form.cleaned_data["todo"] == "read_again":
        job = import_jobs.read_again(corrected=_corrected(request.POST), **told)
    else:
        job = import_jobs.confirm(**told)
    _start(request, job)


def _corrected(sent: QueryDict) -> dict[int, str]:
    """column-3=name; what is no column or no field is left aside."""
    found = {}
    for name, value in sent.items():
        place = whole(name.removeprefix("column-")) if name.startswith("column-") else None
        if place is not None and (value in FIELDS or not value):
            found[place] = str(value)
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: what stands above it, the first cells, and what it is read as."""

    place: int
    heading: str
    example: str
    field: str


def _shown(job: UnitImport) -> dict[str, Any]:
    told = job.told
    read = {place - 1: name for name, places in told.get("columns", {}).items() for place in places}
    sample = [row[1:] for row in told.get("sample", [])]
    columns = [
        Column(place, heading, _example(sample, place), read.get(place, ""))
        for place, heading in enumerate(told.get("headings", []))
        if heading or read.get(place) or _example(sample, place)
    ]
    return {
        "told": told,
        "columns": columns,
        "fields": list(FIELDS.items()),
        "state_title": TITLES[ImportState(job.state)],
        "running": job.state in RUNNING,
        "more_errors": max(0, told.get("error_count", 0) - len(told.get("errors", []))),
    }


def _example(sample: list[list[str]], place: int) -> str:
    return next((row[place] for row in sample if place < len(row) and row[place]), "")
