"""Reviews whose gate is passed: one of each unit in every state up to the report, with what hangs on them."""

from datetime import date
from typing import Any

from addresses.reviewing import SIGNED
from addresses.stage import OWNERS, TODAY, Stage
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case
from dabiao.hazards.models import Hazard
from dabiao.reviews.models import (
    Check,
    Checked,
    ExpertDraw,
    Extension,
    Finding,
    Meeting,
    Member,
    Plan,
    Remark,
    Review,
    Submission,
)
from dabiao.sheets.models import Contest, Sheet
from dabiao.sheets.permissions import CONTEST
from dabiao.sheets.services.opening import open_sheet
from sheets import photographs
from world import AT

STATES = ("cleared", "planned", "reviewing", "rectifying", "confirming", "writing", "closed")
FOUND = {"rectifying": "found", "confirming": "done", "writing": "closed"}
DUE = date(2026, 4, 29)


def furnish(stage: Stage) -> None:
    for number, owner in enumerate(OWNERS):
        case = Case.objects.filter(unit=stage.world.units[owner], state="accepted").earliest("id")
        for n, state in enumerate(STATES):
            row = _review(stage, case, state, f"PS2026{number + 6}{n:04d}")
            if state != "cleared":
                _planned(stage, row)
            stage.put("reviewing", state, owner, {"key": row.pk, "name": "remark"})
            if state == "reviewing":
                _contested(stage, owner, row)
            if state == "confirming":
                _looked_at(stage, owner, row)


def _review(stage: Stage, case: Case, state: str, number: str) -> Review:
    names = ("unit_id", "jurisdiction_id", "locality_id", "department_id", "organizing_id", "level")
    delivered = {"delivered_on": SIGNED, "rectify_due": DUE} if state in FOUND else {}
    done = {"rectified_on": SIGNED} if state in {"confirming", "writing"} else {}
    return Review.objects.create(
        number=number,
        case=case,
        body=stage.world.bodies["review_unit"],
        state=state,
        opened_at=AT,
        contracted_on=SIGNED,
        cleared_on=SIGNED,
        **{name: getattr(case, name) for name in names},
        **delivered,
        **done,
    )


def _planned(stage: Stage, review: Review) -> None:
    people, accepted = stage.world.accounts, {"accepted_at": AT} if review.state != "planned" else {}
    told = {"starts_on": TODAY, "ends_on": TODAY, "hours": "day", "place": "会议室"}
    by = {"made_by": people["review_admin"], "made_at": AT}
    sheet = _sheet(stage, review)
    plan = Plan.objects.create(review=review, edition=1, leader=people["reviewer"], sheet=sheet, **told, **by)
    lead = people["reviewer"]
    Member.objects.create(plan=plan, account=lead, place="leader", certificate="示例", **accepted)
    drawn: dict[str, Any] = {"keys": ["示例"], "digest": "示例", "frozen_at": AT, "words": {}, "left_out": []}
    frozen_by = people["review_admin"]
    ExpertDraw.objects.create(review=review, specialty="机械", count=1, frozen_by=frozen_by, **drawn)
    said = {"kind": "remark", "words": "请注意通道", "said_by": people["locality"], "said_at": AT}
    Remark.objects.create(review=review, body=review.locality, **said)
    if sheet is not None:
        held = {"attendance": [], "summary": "通报", "recorded_by": people["reviewer"], "held_at": AT}
        Meeting.objects.create(plan=plan, kind="opening", **held)
    if review.state in FOUND:
        _findings(stage, review)


def _sheet(stage: Stage, review: Review) -> Sheet | None:
    """Open while it is filled, closed afterwards."""
    closed = Sheet.objects.filter(unit=review.unit_id, state="closed").earliest("id")
    if review.state != "reviewing":
        return closed if review.state in FOUND else None
    by, lead = stage.actor("reviewer"), stage.world.accounts["reviewer"]
    told = {"unit": review.unit, "rulebook": closed.rulebook, "lead": lead}
    return open_sheet(occasion="onsite_review", by=by, at=AT, **told)


def _contested(stage: Stage, owner: str, review: Review) -> None:
    """What two people wrote on one line on the spot: one waits for a decision, one is decided."""
    told = {"kind": "answer", "act": "sheets.record_answer@1", "line": "1.1.1", "words": "示例", "theirs": {}}
    given = {"verdict": "conforms", "deductions": [], "words": f"示例{owner}", "reason": ""}
    when = {"done_at": AT, "received_at": AT, "account": stage.world.accounts["reviewer"]}
    sheet = {"sheet": Plan.objects.get(review=review).sheet, "organizing_id": review.organizing_id}
    decided = {"decision": "kept", "reason": "示例", "decided_by": when["account"], "decided_at": AT}
    for state, more in (("waiting", {}), ("decided", decided)):
        ours = {"line": "1.1.1", "answer": given}
        row = Contest.objects.create(**told, **when, **sheet, ours=ours, **more)
        stage.put("contest", state, owner, {"contest": row.pk, "place": 1})
    ours = {"closing": {"covered": [], "signatures": [_ink(stage)]}}
    row = Contest.objects.create(**told | {"kind": "closing", "line": ""}, **when, **sheet, ours=ours)
    stage.put("contest", "signed", owner, {"contest": row.pk, "place": 1})


def _ink(stage: Stage) -> dict[str, Any]:
    """A signature drawn on the spot."""
    lead, drawn = stage.world.accounts["reviewer"], store.take_in([photographs.signature()])
    with journal.writing(CONTEST, by=stage.actor("reviewer"), at=AT, on=lead) as w:
        store.row(w, drawn, AT)
    told = {"side": "team", "account": lead.pk, "image": drawn.digest, "remark": ""}
    return {**told, "signed_at": AT.isoformat()}


def _findings(stage: Stage, review: Review) -> None:
    like = Hazard.objects.filter(unit=review.unit_id, state="done").earliest("id")
    fields = {each.attname: getattr(like, each.attname) for each in Hazard._meta.concrete_fields[1:]}
    fields |= {"origin": "onsite_review", "origin_key": review.pk, "number": f"YH评审{review.pk}"}
    fields |= {"confirmer_id": review.body_id, "limit": DUE, "state": FOUND[review.state]}
    hazard = Hazard.objects.create(**fields)
    Finding.objects.create(review=review, hazard=hazard, item="1.1.1")
    asked = {"asked_by": stage.world.accounts["officer"], "asked_on": SIGNED, "delivered_on": SIGNED}
    Extension.objects.create(review=review, days=5, reason="备件未到", **asked)


def _looked_at(stage: Stage, owner: str, review: Review) -> None:
    """A rectification check of the finding, under way."""
    lead, by = stage.world.accounts["reviewer"], stage.actor("reviewer")
    book = Sheet.objects.filter(unit=review.unit_id).earliest("id").rulebook
    sheet = open_sheet(
        occasion="rectification_check", unit=review.unit, rulebook=book, lead=lead, by=by, at=AT
    )
    sent = Submission.objects.create(
        review=review, reported_on=SIGNED, reported_by=stage.world.accounts["officer"]
    )
    visitors = [{"account": lead.pk, "name": lead.name, "place": "leader", "number": "示例"}]
    told = {"visit_on": TODAY, "visitors": visitors, "begun_at": AT, "state": "open"}
    check = Check.objects.create(review=review, submission=sent, turn=1, sheet=sheet, lead=lead, **told)
    Checked.objects.create(visit=check, finding=review.findings.get(), line="1.1.1")
    stage.put("visit", "checking", owner, {"visit": f"check-{check.pk}", "digest": "0" * 64})
