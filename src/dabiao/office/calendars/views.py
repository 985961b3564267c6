"""Working-day calendars: which years are there, which are missing, and entering one."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao import law
from dabiao.base import calendars, clock, services
from dabiao.base.models import CalendarYear
from dabiao.base.permissions import may_enter_calendar_year
from dabiao.base.services import FIRST_YEAR, LAST_YEAR
from dabiao.kernel.days import WEEKDAYS, Year
from dabiao.kernel.errors import Absent, Invalid
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.look.forms import PlainForm
from dabiao.office import acting, frame
from dabiao.office.calendars import grid, reading

SYSTEM = frozenset({Role.SYSTEM_ADMIN})
OFFICIAL = "国务院办公厅节假日安排通知（随系统发布）"


class YearForm(PlainForm):
    holidays = forms.CharField(
        label=_("放假的日子"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每行一个或一段，例如 2027-01-01 或 2027-10-01至2027-10-07。周末写不写都可以。"),
    )
    working_weekends = forms.CharField(
        label=_("调休上班的周末"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("只写周六或周日，每行一个。"),
    )
    source = forms.CharField(label=_("依据"), max_length=300, help_text=_("通知的名称和文号。"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@address("系统管理员查看工作日历", SYSTEM)
def listing(request: Request) -> HttpResponse:
    day = clock.today()
    context = {"years": _years(), "missing": _missing(day.year), "this": day.year}
    return frame.page(request, "office/calendars/list.html", context)


@address("系统管理员导出工作日历", SYSTEM)
def export(request: Request) -> HttpResponse:
    calendar = calendars.calendar()
    rows = [
        (year, day, "放假" if day in told.holidays else "上班")
        for year, told in sorted(calendar.years.items())
        for day in sorted(told.holidays | told.working_weekends)
    ]
    headers = {"Content-Disposition": 'attachment; filename="calendars.xlsx"'}
    return HttpResponse(
        workbook("工作日历", ("年份", "日期", "安排"), rows), content_type=XLSX, headers=headers
    )


def _years() -> list[dict[str, Any]]:
    """Newest first, each with its working days and where it comes from."""
    calendar = calendars.calendar()
    entered = {row.year: row for row in CalendarYear.objects.all()}
    return [
        {
            "year": year,
            "working": calendar.count(year),
            "own": year in entered,
            "source": entered[year].source if year in entered else OFFICIAL,
            "weekdays_off": sum(day.weekday() < WEEKDAYS for day in told.holidays),
            "weekends_worked": len(told.working_weekends),
        }
        for year, told in sorted(calendar.years.items(), reverse=True)
    ]


def _missing(this: int) -> list[int]:
    """This year and the two that limits may reach into."""
    known = calendars.calendar().years
    return [year for year in range(this, this + 3) if year not in known]


@address("系统管理员录入一年的工作日历", SYSTEM, ("GET", "POST"))
def page(request: Request, year: int) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Absent
    row = CalendarYear.objects.filter(year=year).first()
    form = YearForm(acting.posted(request), initial=_initial(year, row))

    def act() -> CalendarYear:
        told = form.cleaned_data
        return services.enter_calendar_year(
            year=year,
            holidays=_read(told["holidays"], year, "holidays"),
            working_weekends=_read(told["working_weekends"], year, "working_weekends"),
            source=told["source"],
            version=told["version"],
            by=request.actor,
            at=clock.now(),
        )

    if request.method == "POST" and acting.tried(form, act):
        count = calendars.calendar().count(year)
        words = f"{year} 年工作日历已保存，全年 {count} 个工作日。请与通知核对。"
        return acting.done(request, words, "office:calendar", year, draft=f"calendar-{year}")
    return _shown(request, year, row, form)


def _shown(request: Request, year: int, row: CalendarYear | None, form: YearForm) -> HttpResponse:
    calendar = calendars.calendar()
    context = {
        "year": year,
        "form": form,
        "row": row,
        "known": year in calendar.years,
        "count": calendar.count(year),
        "months": grid.months(year, calendar),
        "may_enter": may_enter_calendar_year(request.actor),
    }
    crumbs = [("工作日历", "/office/calendars/"), (f"{year} 年", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/calendars/year.html", context, crumbs=crumbs, status=status)


def _initial(year: int, row: CalendarYear | None) -> dict[str, Any]:
    """What stands: as entered, else as published with the system."""
    told = calendars.year_of(row) if row else law.calendars().years.get(year, Year())
    return {
        "holidays": reading.text(told.holidays),
        "working_weekends": reading.text(told.working_weekends),
        "source": row.source if row else OFFICIAL if year in law.calendars().years else "",
        "version": row.version if row else None,
    }


def _read(text: str, year: int, name: str) -> frozenset[Any]:
    """Days typed into one field; what cannot be read is said beside it."""
    try:
        return reading.days(text, year)
    except Invalid as error:
        raise Invalid(error.text, {name: error.text}) from error
