"""Verifications: one of each unit drawn, arranged, being made, made, released; draws frozen and drawn."""

from datetime import date

from addresses.many import many_of
from addresses.stage import OWNERS, TODAY, Stage
from dabiao.grading.models import Certificate
from dabiao.hazards.models import Hazard
from dabiao.sheets.models import Sheet
from dabiao.sheets.services.opening import open_sheet
from dabiao.supervision.models import Verification, VerificationDraw, Verifier, VerifyingVisit
from world import AT

STATES = {
    "drawn": "drawn",
    "arranged": "drawn",
    "open": "drawn",
    "verified": "verified",
    "released": "released",
}
JUDGED = {
    **{"compared": 6, "agreed": 5, "drift": 5000, "rectified": 0, "missed_vetoes": 0, "missed_majors": 1},
    "missed": [{"line": "1.1.1", "number": "1.1.1", "text": "示例"}],
    "lines": [{"number": "1.1.1", "review": 10000, "recheck": 5000, "missed_major": True}],
    "reviewers": [{"name": "示例评审员", "compared": 6, "agreed": 5, "missed_majors": 1}],
    "scores": {"report": "95.0", "verification": "90.0"},
}
CONTENT = [{"id": "level_kept", "title": "达标等级保持情况", "words": "示例"}]
REASONS = [{"outcome": "revoke", "text": "存在重大事故隐患：示例", "clause": "quality-2015/8"}]
DUE = date(2026, 3, 1)


def furnish(stage: Stage) -> None:
    for number, owner in enumerate(OWNERS):
        first = Certificate.objects.filter(unit=stage.world.units[owner]).earliest("id")
        for n, (name, state) in enumerate(STATES.items()):
            certificate, year = _again(first, f"{number}{n}"), 2025 + n
            draw = _draw(stage, certificate, year, drawn=True)
            row = _verification(draw, certificate, f"HC2026{number}{n:04d}", state)
            lead = stage.world.accounts["industry_district"].pk
            thing = {"key": row.pk, "name": "arrange", "lead": lead}
            stage.put("verification", name, owner, thing)
            if name in {"arranged", "open", "verified"}:
                _visited(stage, row, "concluded" if name == "verified" else name, owner)
        for name, drawn in (("frozen", False), ("drawn", True)):
            draw = _draw(stage, first, 2030 + 2 * number + drawn, drawn=drawn)
            stage.put("verification_draw", name, owner, {"key": draw.pk})


def _again(first: Certificate, number: str) -> Certificate:
    grading = first.grading
    (report,) = many_of(grading.report, [{"number": f"BG查{number}", "edition": 900 + int(number)}])
    told = {"report_id": report.pk, "number": f"FH查{number}", "notice": ""}
    (copy,) = many_of(grading, [told])
    (made,) = many_of(first, [{"grading_id": copy.pk, "number": f"ZS查{number}"}])
    return made


def _draw(stage: Stage, certificate: Certificate, year: int, *, drawn: bool) -> VerificationDraw:
    keys = [certificate.number]
    words = {"示例甲": "松", "示例乙": "河"}
    record = {
        **{"recipe": "dabiao-draw@1", "keys": keys, "digest": "0" * 64, "words": words, "seed": "0" * 64},
        **{"count": 1, "order": keys},
    }
    done = {"record": record, "drawn_at": AT, "words": words} if drawn else {}
    return VerificationDraw.objects.create(
        department_id=certificate.grading.department_id,
        jurisdiction_id=certificate.jurisdiction_id,
        year=year,
        level=certificate.level,
        part=VerificationDraw.objects.count() + 1,
        announced=1,
        before=0,
        count=1,
        keys=keys,
        digest="0" * 64,
        rules=[{"value": {certificate.level: 20}, "clause": "quality-2015/8"}],
        frozen_by=stage.world.accounts["industry_district"],
        frozen_at=AT,
        **done,
    )


def _verification(draw: VerificationDraw, certificate: Certificate, number: str, state: str) -> Verification:
    grading, ended = certificate.grading, {} if state == "drawn" else {"ended_on": TODAY}
    outcome = {"outcome": "revoke"} if state == "verified" else {}
    return Verification.objects.create(
        number=number,
        draw=draw,
        certificate=certificate,
        unit_id=certificate.unit_id,
        jurisdiction_id=certificate.jurisdiction_id,
        locality_id=grading.locality_id,
        department_id=grading.department_id,
        district_id=grading.district_id,
        organizing_id=grading.organizing_id,
        body_id=grading.body_id,
        year=draw.year,
        level=certificate.level,
        state=state,
        **ended,
        **outcome,
    )


def _visited(stage: Stage, row: Verification, state: str, owner: str) -> None:
    """Led by the district's officer; once concluded, with a hazard it found."""
    who = "industry_district" if owner != "other_unit" else "other_industry_district"
    lead = stage.world.accounts[who]
    told: dict[str, object] = {"turn": 1, "visit_on": TODAY, "lead": lead, "arranged_at": AT, "state": state}
    if state != "arranged":
        book = Sheet.objects.filter(unit=row.unit_id).earliest("id").rulebook
        by = stage.actor(who)
        told["sheet"] = open_sheet(
            occasion="verification", unit=row.unit, rulebook=book, lead=lead, by=by, at=AT
        )
    if state == "concluded":
        told |= {
            "outcome": "revoke",
            "reasons": REASONS,
            "content": CONTENT,
            "judged": JUDGED,
            "ended_on": TODAY,
        }
    visit = VerifyingVisit.objects.create(verification=row, **told)
    pledged = {} if state == "arranged" else {"pledged_at": AT, "pledge": "示例"}
    Verifier.objects.create(visit=visit, account=lead, body_id=row.district_id, **pledged)
    if state == "open":
        stage.put("visit", "verifying", owner, {"visit": f"verification-{visit.pk}", "digest": "0" * 64})
    if state == "concluded":
        like = Hazard.objects.filter(unit=row.unit_id, state="done").earliest("id")
        found = {"origin": "verification", "origin_key": visit.pk, "number": f"YH核查{row.pk}", "limit": DUE}
        many_of(like, [{**found, "confirmer_id": row.department_id}])
