"""What stored values are called, for those who read the journal: choices of the models, and states."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import Field

from dabiao.base.clock import SHANGHAI
from dabiao.creation.states.assessments import TITLES as ASSESSMENT
from dabiao.creation.states.cases import TITLES as CASE
from dabiao.creation.states.commitments import TITLES as COMMITMENT
from dabiao.creation.states.cycles import TITLES as CYCLE
from dabiao.grading.states.gradings import TITLES as GRADING
from dabiao.hazards.states import TITLES as HAZARD
from dabiao.organisations.states import TITLES as UNIT_IMPORT
from dabiao.people.rules.qualifications import KINDS
from dabiao.reviews.states.checks import TITLES as CHECK
from dabiao.reviews.states.contracts import TITLES as CONTRACT
from dabiao.reviews.states.followups import TITLES as FOLLOW_UP
from dabiao.reviews.states.followups import VISIT_TITLES
from dabiao.reviews.states.reviews import TITLES as REVIEW
from dabiao.sheets.states import TITLES as SHEET
from dabiao.standards.states import EDITION_TITLES, MAKING_TITLES
from dabiao.supervision.states.verifications import TITLES as VERIFICATION
from dabiao.supervision.states.verifications import VISIT_TITLES as VERIFYING

VERDICTS: Final = {"conforms": "符合", "deducted": "扣分", "not_applicable": "不涉及"}
LEVELS: Final = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}
# column, or table and column -> what its values are called, where its model lists no choices
VALUES: Final[Mapping[str, Mapping[Any, str]]] = {
    "verdict": VERDICTS,
    "level": LEVELS,
    "people_qualification.kind": KINDS,
    "creation_case.state": CASE,
    "creation_commitment.state": COMMITMENT,
    "creation_cycle.state": CYCLE,
    "creation_self_assessment.state": ASSESSMENT,
    "grading_grading.state": GRADING,
    "hazards_hazard.state": HAZARD,
    "organisations_unit_import.state": UNIT_IMPORT,
    "reviews_check.state": CHECK,
    "reviews_contract.state": CONTRACT,
    "reviews_follow_up.state": FOLLOW_UP,
    "reviews_revisit.state": VISIT_TITLES,
    "reviews_review.state": REVIEW,
    "reviews_review.stopped_from": REVIEW,
    "sheets_sheet.state": SHEET,
    "standards_edition.state": EDITION_TITLES,
    "standards_making.state": MAKING_TITLES,
    "supervision_verification.state": VERIFICATION,
    "supervision_visit.state": VERIFYING,
}


def value(table: str, name: str, stored: Any) -> Any:
    """A stored value as people call it; a moment as their clock shows it. Anything else stays as it is."""
    if not isinstance(stored, str):
        return stored
    titles = VALUES.get(f"{table}.{name}") or _choices(table).get(name) or VALUES.get(name, {})
    return titles.get(stored, _moment(stored) if name.endswith("_at") else stored)


@cache
def _choices(table: str) -> Mapping[str, Mapping[str, str]]:
    """Column -> stored -> title, of what its model lists."""
    models = [model for model in apps.get_models() if model._meta.db_table == table]
    fields: list[Field[Any, Any]] = [each for model in models for each in model._meta.concrete_fields]
    return {each.attname: {str(key): str(title) for key, title in each.flatchoices} for each in fields}


def _moment(stored: str) -> str:
    try:
        return f"{datetime.fromisoformat(stored).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return stored
