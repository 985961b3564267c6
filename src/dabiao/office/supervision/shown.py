"""How a verification, its deadline and its visits are shown."""

from datetime import date

from django.utils.translation import gettext as _

from dabiao.kernel.days import Calendar
from dabiao.look.shapes import Light, LimitShown
from dabiao.office.todo.values import fixed_shown
from dabiao.reviews.queries import checks
from dabiao.sheets.states import SheetState
from dabiao.supervision.models import Verification, VerifyingVisit
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.states.verifications import TITLES, VerificationState, VisitState

BADGES = {"keep": "badge-good", "rectify": "badge-warn", "revoke": "badge-veto"}


def light(row: Verification, day: date, calendar: Calendar) -> LimitShown:
    """While it is owed as any limit; afterwards whether it was met in its time."""
    due = queries.deadline(row)
    if row.state == VerificationState.DRAWN:
        return fixed_shown(due, day, calendar)
    if row.state == VerificationState.RELEASED:
        return LimitShown(Light.NONE, _("不再要求"))
    late = row.ended_on is not None and row.ended_on > due
    return LimitShown(Light.MET, _("逾期完成") if late else _("按期完成"), due)


def badge(row: Verification) -> tuple[str, str]:
    """(style, words): what came of it, else how it stands."""
    if row.outcome:
        return BADGES[row.outcome], row.get_outcome_display()
    drawn = row.state == VerificationState.DRAWN
    return "badge-brand" if drawn else "badge-outline", TITLES[VerificationState(row.state)]


def waiting(visit: VerifyingVisit) -> str:
    """What a visit under way waits for, in words."""
    if visit.state == VisitState.ARRANGED:
        left = [each.account.name for each in visit.verifiers.all() if each.pledged_at is None]
        return _("待作出廉洁承诺：") + "、".join(left) if left else _("待打开核查表")
    if visit.state != VisitState.OPEN or visit.sheet is None:
        return ""
    if visit.sheet.state != SheetState.CLOSED:
        return _("待现场填写核查表并签字")
    missing = checks.unsigned(visit.sheet)
    return _("还缺签字：") + missing if missing else _("待作出结论")
