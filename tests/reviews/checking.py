"""A rectification check on site, step by step: set, filled, signed by both sides."""

from datetime import UTC, date, datetime

from dabiao.base.files import store
from dabiao.reviews.models import Check
from dabiao.reviews.queries import checks as queries
from dabiao.reviews.services import checks
from dabiao.reviews.services.checks import Going
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import closing, pictures
from dabiao.sheets.services.answering import record_answer
from reviews.placing import Placed
from sheets import photographs

SET = datetime(2026, 4, 21, 2, tzinfo=UTC)
VISIT = date(2026, 4, 22)
THERE = datetime(2026, 4, 22, 3, tzinfo=UTC)


def going(placed: Placed, *lines: str, **more: object) -> Going:
    """Of findings on these lines; of all that may be covered, where none is named."""
    found = [each for each in queries.coverable(placed.review) if not lines or queries.line_of(each) in lines]
    plain = {"day": VISIT, "lead": placed.account("second"), "others": [], "findings": found}
    return Going(**{**plain, **more})


def set_up(placed: Placed, *lines: str, **more: object) -> Check:
    told = going(placed, *lines, **more)
    return checks.begin(review=placed.review, told=told, by=placed.actor("reviewer"), at=SET)


def looked(placed: Placed, check: Check, *deducted: str) -> Check:
    """Every line with words and a picture; those named still lose points."""
    by = placed.actor("second")
    for line in sheets.rulebook(check.sheet).lines():
        answer = Answer(Verdict.CONFORMS, words=f"{line.key} 护罩已更换并固定")
        if line.key in deducted:
            answer = Answer(Verdict.DEDUCTED, (Deduction(line.item.rules[-1].key, 1),), "护罩未固定")
        record_answer(sheet=check.sheet_id, line=line.key, answer=answer, version=0, by=by, at=THERE)
        taken = store.take_in([photographs.jpeg()])
        pictures.attach_picture(sheet=check.sheet_id, line=line.key, taken=taken, by=by, at=THERE)
    return check


def signed(placed: Placed, check: Check) -> Check:
    checks.close(check=again(check), remark="", by=placed.actor("second"), at=THERE)
    closing.sign_sheet(sheet=check.sheet_id, side="unit", by=placed.actor("officer"), at=THERE)
    return again(check)


def again(check: Check) -> Check:
    return Check.objects.select_related("review", "sheet__rulebook", "submission").get(pk=check.pk)
