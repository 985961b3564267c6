"""The occasions on which a sheet is filled, and what evidence each asks for before it is closed."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Occasion(StrEnum):
    SELF_ASSESSMENT = "self_assessment"  # 自评
    INITIAL_VISIT = "initial_visit"  # 初访现场核验
    ONSITE_REVIEW = "onsite_review"  # 现场评审
    RECTIFICATION_CHECK = "rectification_check"  # 整改确认
    RECHECK = "recheck"  # 现场复核
    FOLLOW_UP_VISIT = "follow_up_visit"  # 回访
    VERIFICATION = "verification"  # 核查


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is asked beyond words for deductions and the pictures that the edition itself asks for."""

    elements: bool  # every element that holds applying items: words and a picture on one of them
    vetoes: bool  # every applying veto line: words and a picture, even where it conforms
    lines: str = ""  # every applying line carries both: looked at again one by one, for what it names


OTHERS: Final = Evidence(elements=True, vetoes=True)  # quality-2015/4: words and images, element by element
CHECKED: Final = Evidence(elements=False, vetoes=True, lines="整改确认")
FOLLOWED: Final = Evidence(elements=False, vetoes=True, lines="回访")
OWN: Final = Evidence(elements=False, vetoes=False)  # the clause binds review units, not self-assessment
SPECIAL: Final = {
    Occasion.SELF_ASSESSMENT: OWN,
    Occasion.RECTIFICATION_CHECK: CHECKED,
    Occasion.FOLLOW_UP_VISIT: FOLLOWED,
}


@lru_cache(maxsize=len(Occasion))
def evidence(occasion: str) -> Evidence:
    """ValueError for an occasion that does not exist."""
    return SPECIAL.get(Occasion(occasion), OTHERS)
