"""Who may verify: officers of the bodies law names, without interest in the case or opinion on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.grading.models import Opinion
from dabiao.kernel.roles import Role
from dabiao.people.models import Account, Posting
from dabiao.reviews.models import Remark, RemarkKind
from dabiao.reviews.queries import separation
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
    """Account -> why this person stands aside on a day; those who may go are left out. As many queries for
    many as for one."""
    asked = list({each.pk: each for each in people}.values())
    posted = officers(verification, day)
    strange = [each.pk for each in asked if each.pk not in posted]
    told = dict.fromkeys(strange, f"在 {day:%Y-%m-%d} 不是应当参加核查的部门人员。")
    for look in (_declared, _opined, _advising, _employed):  # the last one that holds is said
        told |= look(verification, [each for each in asked if each.pk in posted], day)
    return {each.pk: f"{each.name}{told[each.pk]}" for each in asked if each.pk in told}


def _employed(verification: Verification, people: Sequence[Account], _: date) -> dict[int, str]:
    """Of the unit or of the review unit, within the cycle."""
    began = day_of(verification.certificate.grading.review.case.cycle.opened_at)
    there = Q(unit=verification.unit_id) | Q(body=verification.body_id)
    rows = Posting.objects.filter(there, Q(until=None) | Q(until__gt=began), account__in=people)
    return dict.fromkeys(_accounts(rows, "account"), "应当回避：本创建周期内在该企业或者评审单位任职。")


def _advising(verification: Verification, people: Sequence[Account], _: date) -> dict[int, str]:
    """Tied to a firm that advises the unit; who only shares a name says so in the pledge."""
    cycle = verification.certificate.grading.review.case.cycle
    found = separation.of_each(people, verification.unit_id, verification.body, cycle)
    sure = {key: [each.words for each in some if not each.name] for key, some in found.items()}
    return {key: f"应当回避：{words[0]}。" for key, words in sure.items() if words}


def _opined(verification: Verification, people: Sequence[Account], day: date) -> dict[int, str]:
    """The person, not the department."""
    named = law.on(day)[EXCEPTIONS].items
    if all(not isinstance(each, Mapping) or each["id"] != OPINION for each in named):
        return {}
    case = verification.certificate.grading.case_id
    opined = Opinion.objects.filter(grading__case=case, given_by__in=people)
    remarked = Remark.objects.filter(review__case=case, said_by__in=people, kind=RemarkKind.REMARK)
    keys = _accounts(opined, "given_by") | _accounts(remarked, "said_by")
    return dict.fromkeys(keys, "应当回避：对这件定级出具过意见。")


def _declared(verification: Verification, people: Sequence[Account], _: date) -> dict[int, str]:
    rows = Verifier.objects.filter(account__in=people, visit__verification=verification)
    aside = rows.exclude(aside_at=None)
    return dict.fromkeys(_accounts(aside, "account"), "应当回避：本人已申报利害关系。")


def _accounts(rows: "QuerySet[Any]", name: str) -> set[int]:
    return set(rows.values_list(name, flat=True))
