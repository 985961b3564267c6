"""What the parts of `templates/look/parts` show, as plain values: faces fill these, templates only draw."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Light(StrEnum):
    """State of a limit. STOPPED: suspended; MET: fulfilled in time; NONE: no limit runs."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STOPPED = "stopped"
    MET = "met"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A limit as a light and words; `provisional` while the year's calendar is not entered."""

    state: Light
    words: str
    due: date | None = None
    provisional: bool = False
    clause: str = ""


def limit_words(days_left: int, unit: str = "个工作日") -> str:
    """Words for what is left: "还剩 3 个工作日", "今日到期", "逾期 1 个工作日"."""
    if days_left > 0:
        return f"还剩 {days_left} {unit}"
    return "今日到期" if days_left == 0 else f"逾期 {-days_left} {unit}"


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    LATE = "late"
    FAILED = "failed"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey: where it stands, when it was or is due, who holds it."""

    title: str
    state: StepState = StepState.TODO
    day: date | None = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One of at most nine entries of the left navigation; the first three also stand at a phone's foot."""

    title: str
    url: str
    icon: str
    active: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the top bar says it."""

    name: str
    body: str
    role_title: str
    todo_count: int = 0
    key: str = ""  # keeps drafts of several people at one desk apart


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """The fact used, the rule, the clause and its text. `met` is None where nothing is judged."""

    fact: str
    rule: str = ""
    clause: str = ""
    text: str = ""
    met: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of history in words."""

    at: datetime
    who: str
    words: str
    clause: str = ""
    note: str = ""
    about: str = ""  # what it was done on, where the page is not about that one thing
    url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str = ""
