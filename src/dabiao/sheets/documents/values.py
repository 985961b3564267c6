"""What a printed sheet is made of, as plain values: PDF and Word are made from the same `SheetDocument`.

Points are integer thousandths (`kernel.points`); moments should be aware and are printed in Beijing time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from dabiao.sheets.rules.values import Reason, Verdict
from dabiao.standards.rules.rulebook import Veto


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The unit as it was when the sheet was written; an empty value is printed as a dash."""

    name: str
    uscc: str = ""
    address: str = ""
    industry: str = ""
    principal: str = ""
    head_count: int | None = None
    areas: tuple[str, ...] = ()  # special areas, in words


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    role: str
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One outermost element; `obtained` after extra deductions, never below 0."""

    title: str  # with its number, as printed
    full: int
    not_applicable: int
    applicable: int  # answered and applying; full - not_applicable once all is answered
    obtained: int
    extra: int = 0
    rate: Fraction | None = None  # exact; None where nothing applies
    group: str = ""  # in words, two_groups only
    answered: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class GroupRate:
    title: str
    rate: Fraction  # exact, printed with two decimals and never rounded up over a threshold


@dataclass(frozen=True, slots=True)
class DeductionLine:
    """One deduction used: the phrase of the standard, how often, what it takes off the item."""

    text: str
    count: int = 1
    points: int = 0  # all counts together, off the item
    words: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """`image` is a JPEG or PNG made for viewing; what cannot be drawn is printed as its digest alone."""

    digest: str
    image: bytes
    caption: str = ""
    taken_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item and its answer; `verdict` None: not answered yet. `obtained` None: not answered."""

    number: str
    element: str  # title of the innermost element, with its number
    requirement: str
    points: int
    verdict: Verdict | None = None
    obtained: int | None = None
    deductions: tuple[DeductionLine, ...] = ()
    extra: int = 0  # off the outermost element
    total: int = 0  # off the grand total
    words: str = ""  # what was found
    reason: str = ""  # why not applicable
    within: str = ""  # title of the outermost element, empty where it is the element itself
    veto: bool = False
    condition: bool = False  # worded as the fault itself: 符合 would say nothing
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectification:
    item: str  # number of the item
    problem: str
    measure: str = ""
    responsible: str = ""
    due: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """`at` None: not signed yet, a line for the pen is printed."""

    side: str
    name: str = ""
    at: datetime | None = None
    digest: str = ""
    image: bytes | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    title: str
    number: str
    rulebook: str = ""  # digest of the rulebook
    day: date | None = None  # day of the rulebook


@dataclass(frozen=True, slots=True)
class Outcome:
    """`score` of a provisional sheet is the running one over what is answered so far."""

    full: int
    not_applicable: int
    applicable: int
    obtained: int
    total_deduction: int = 0
    score: Decimal | None = None
    level: str = ""  # in words; empty: none
    failed: bool = False
    provisional: bool = False
    missing: int = 0  # items without an answer
    reasons: tuple[Reason, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    groups: tuple[GroupRate, ...] = ()  # two_groups
    p: Decimal | None = None  # two_groups


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """Everything one printed sheet says. Nothing else reaches the page, and nothing here is markup."""

    title: str  # 企业安全生产标准化自评报告
    occasion: str  # in words: 自评, 现场评审 …
    number: str
    unit: UnitFacts
    edition: Edition
    outcome: Outcome
    elements: tuple[ElementRow, ...]
    items: tuple[ItemLine, ...]
    printed_at: datetime
    begun: date | None = None
    ended: date | None = None
    body: str = ""  # who assessed, where it is not the unit itself
    people: tuple[Member, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digest: str = ""  # Merkle root of the sheet; empty while it is open
    verification: str = ""  # address that proves the paper; empty: no QR
    extra_facts: Mapping[str, str] = field(default_factory=dict)  # further lines of the cover
    passages: tuple[tuple[str, str], ...] = ()  # heading and text: meetings, remarks, the opinion
    evidence: tuple[tuple[str, Picture], ...] = ()  # number of the item, what shows that it was put right
