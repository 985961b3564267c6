"""The conclusion of a verification: by rules, with reasons; the review judged; hazards raised; announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews.services import revisited
from dabiao.reviews.services.checks import check_signed
from dabiao.reviews.services.visiting import TEAM_SIDE
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.supervision.models import VerifyingVisit
from dabiao.supervision.permissions import verifications as permissions
from dabiao.supervision.queries import judging
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.rules import outcomes
from dabiao.supervision.services import finding
from dabiao.supervision.states import verifications as states

CONTENT = "verification.content"
TITLES = {
    "level_kept": "达标等级保持情况",
    "review_quality": "评审单位的评审质量",
    "hazards_and_improvement": "达标后隐患排查治理和持续改进情况",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """News: an enterprise was verified. Revocation and the files of review units take it up from here."""

    verification: int
    number: str
    unit: int
    certificate: int
    outcome: str
    body: int  # the review unit
    drift: int  # thousandths of a point; positive where the review gave more
    missed_majors: int  # major hazards the report left out


@transaction.atomic
def close(*, visit: VerifyingVisit, remark: str, by: Actor, at: datetime) -> Sheet:
    """The lead closes and signs the sheet in the office, once they were there; the unit signs after."""
    _held(visit)
    permissions.may_close(by, visit).or_refuse()
    if day_of(at) < visit.visit_on:
        raise OutOfTurn(f"核查定于 {visit.visit_on:%Y-%m-%d}，到场之后才能签字关闭。", clause=permissions.Q8)
    _unconcerned(visit)
    return closing.close_sheet(sheet=visit.sheet_id or 0, by=by, at=at, side=TEAM_SIDE, remark=remark)


def _held(visit: VerifyingVisit) -> None:
    """Both rows read anew, the verification's first: the page may be older than a colleague's act."""
    journal.hold(visit.verification, "state", "version")
    visit.refresh_from_db(fields=["state", "version", "sheet"])


def _unconcerned(visit: VerifyingVisit) -> None:
    if wrong := queries.faults(visit, visit.visit_on):
        raise Refused("".join(wrong), clause="house/recusal")


@transaction.atomic
def conclude(
    *, visit: VerifyingVisit, words: Mapping[str, str], majors: Sequence[str], by: Actor, at: datetime
) -> VerifyingVisit:
    """`words` on each content of the law; `majors` are lines of major hazards. The outcome follows."""
    _held(visit)
    permissions.may_conclude(by, visit).or_refuse()
    sheet = visit.opened
    check_signed(sheet, "核查表")
    _unconcerned(visit)
    content, found = _content(words, at), revisited.found(sheet, majors)
    reasons = outcomes.reasons(_facts(visit, sheet, found, at))
    told = {
        "outcome": outcomes.outcome(reasons),
        "reasons": [each.plain() for each in reasons],
        "content": content,
        "judged": judging.judged(visit, sheet, [each.line for each in found if each.major]),
        "majors": [each.line for each in found if each.major],
        "rules": [law.on(day_of(at))[CONTENT].plain()],
    }
    _put_down(visit, told, by, at)
    finding.put_down(visit=visit, rows=found, by=by, at=at)
    return visit


def _content(words: Mapping[str, str], at: datetime) -> list[dict[str, str]]:
    """Every content that law names, in words; Invalid where one is missing."""
    wanted = queries.content(day_of(at))
    if empty := [each for each in wanted if not words.get(each, "").strip()]:
        raise Invalid("核查内容还没有写全。", {each: f"请写明{TITLES[each]}。" for each in empty})
    return [{"id": each, "title": TITLES[each], "words": words[each].strip()} for each in wanted]


def _facts(
    visit: VerifyingVisit, sheet: Sheet, found: Sequence[revisited.Found], at: datetime
) -> outcomes.Found:
    result: Mapping[str, Any] = sheet.result or {}
    late = queries.overdue_hazards(visit.verification, day_of(at))
    return outcomes.Found(
        level=visit.verification.level,
        result=result.get("level"),
        score=str(result.get("score") or ""),
        majors=[each.text for each in found if each.major],
        findings=len(found),
        overdue=[f"{each.number} {each.text}" for each in late],
    )


def _put_down(visit: VerifyingVisit, told: dict[str, Any], by: Actor, at: datetime) -> None:
    verification, ended = visit.verification, {"ended_on": day_of(at)}
    with journal.writing(permissions.CONCLUDE, by=by, at=at, on=verification) as w:
        w.move(visit, states.CONCLUDE, version=visit.version + 1, ended_at=at, **ended, **told)
        outcome = {"outcome": visit.outcome, "version": verification.version + 1}
        w.move(verification, states.VERIFY, **outcome, **ended)
        judged = visit.judged or {}
        outbox.announce(
            Verified(
                verification.pk,
                verification.number,
                verification.unit_id,
                verification.certificate_id,
                visit.outcome,
                verification.body_id,
                judged["drift"],
                judged["missed_majors"],
            ),
            at,
        )
