"""Who may verify: officers of the bodies law names, without interest in the case or opinion on it."""

from collections.abc import Iterable, Mapping
from datetime import date

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.grading.models import Opinion
from dabiao.kernel.roles import Role
from dabiao.people.models import Account, Posting
from dabiao.reviews.models import Remark, RemarkKind
from dabiao.reviews.queries import plans, recusal
from dabiao.supervision.models import Verification, Verifier

VERIFIERS, EXCEPTIONS, OPINION = "verification.verifiers", "recusal.exceptions", "opinion_before_verification"


def bodies(verification: Verification, day: date) -> dict[str, int]:
    """Role -> the body whose officers take part; the district only where the department is the district's."""
    places = {
        Role.INDUSTRY_CITY.value: verification.department_id,
        Role.INDUSTRY_DISTRICT.value: verification.district_id,
    }
    named = law.on(day)[VERIFIERS].table[verification.level]
    wanted = [str(each) for each in named] if isinstance(named, Iterable) else []
    alone = verification.district.jurisdiction_id is None
    return {role: places[role] for role in wanted if role != Role.INDUSTRY_DISTRICT.value or not alone}


def officers(verification: Verification, day: date) -> dict[int, list[Posting]]:
    """Account -> the postings by which it may go on a day."""
    found: dict[int, list[Posting]] = {}
    for role, body in bodies(verification, day).items():
        rows = Posting.objects.in_force(day).filter(body=body, role=role, account__is_active=True)
        for row in rows.select_related("account", "body").order_by("account__name", "id"):
            found.setdefault(row.account_id, []).append(row)
    return found


def faults(verification: Verification, people: Iterable[Account], day: date) -> dict[int, str]:
    """Account -> why this person stands aside on a day; those who may go are left out."""
    posted = officers(verification, day)
    told = {
        each.pk: _interest(each, verification, day) if each.pk in posted else _not_posted(each, day)
        for each in people
    }
    return {key: words for key, words in told.items() if words}


def _not_posted(account: Account, day: date) -> str:
    return f"{account.name}在 {day:%Y-%m-%d} 不是应当参加核查的部门人员。"


def _interest(account: Account, verification: Verification, day: date) -> str:
    """The first that is known; empty where nothing is."""
    review = verification.certificate.grading.review
    began = day_of(review.case.cycle.opened_at)
    if recusal.concerned(account.pk, verification.unit_id, verification.body_id, began):
        return f"{account.name}应当回避：本创建周期内在该企业或者评审单位任职。"
    if tied := plans.recused(account, review, day):
        return f"{account.name}应当回避：{tied[0].fact}。"
    return _opined(account, verification, day) or _stood_aside(account, verification)


def _opined(account: Account, verification: Verification, day: date) -> str:
    """The person, not the department."""
    named = law.on(day)[EXCEPTIONS].items
    if all(not isinstance(each, Mapping) or each["id"] != OPINION for each in named):
        return ""
    case = verification.certificate.grading.case_id
    opined = Opinion.objects.filter(grading__case=case, given_by=account)
    remarked = Remark.objects.filter(review__case=case, said_by=account, kind=RemarkKind.REMARK)
    if opined.exists() or remarked.exists():
        return f"{account.name}应当回避：对这件定级出具过意见。"
    return ""


def _stood_aside(account: Account, verification: Verification) -> str:
    rows = Verifier.objects.filter(account=account, visit__verification=verification)
    declared = rows.exclude(aside_at=None).exists()
    return f"{account.name}应当回避：本人已申报利害关系。" if declared else ""
