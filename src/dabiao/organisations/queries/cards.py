"""What the card of a unit must say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, Final

from django.db.models import Max, Min

from dabiao.base.journal import loading
from dabiao.base.journal.packing import CREATE
from dabiao.base.models import BatchChunk
from dabiao.base.upkeep.findings import Finding
from dabiao.organisations.models import Industry, Unit, UnitCard
from dabiao.organisations.rules.letters import initials
from dabiao.organisations.rules.words import fold, scattered

TOLD: Final = 1000
FIELDS: Final = (
    *("pk", "name", "uscc", "jurisdiction_id", "locality_id", "department_id"),
    *("industry_id", "size", "areas"),
)
Trades = Mapping[int, str]
Cells = tuple[Any, ...]
facts: Final = attrgetter(*FIELDS)
cells: Final = attrgetter(*(field.attname for field in UnitCard._meta.concrete_fields))


def trades() -> Trades:
    """Key of an industry -> codes from its section down to itself: /C/34/."""
    rows = {key: (code, parent) for key, code, parent in Industry.objects.values_list("pk", "code", "parent")}

    def path(key: int) -> str:
        code, parent = rows[key]
        return f"{path(parent) if parent else '/'}{code}/"

    return {key: path(key) for key in rows}


def drawn(unit: Sequence[Any], above: Trades) -> Cells:
    """The cells of the card, from those of the unit that `FIELDS` name."""
    key, name, code, jurisdiction, locality, department, industry, size, areas = unit
    folded, listed = fold(name), "".join(f"/{area}" for area in areas) + "/" if areas else ""
    return (
        *(scattered(key), key, folded, initials(folded), fold(code or "")),
        *(jurisdiction, locality, department, above[industry], size, listed),
    )


def facts_of(keys: Sequence[int]) -> Iterable[Cells]:
    """What the cards of these units are drawn from, of those units that have no card yet."""
    there = UnitCard.objects.filter(pk__in=loading.among(scattered(key) for key in keys))
    lacking = set(keys).difference(there.order_by().values_list("unit_id", flat=True))
    return Unit.objects.filter(pk__in=loading.among(lacking)).order_by().values_list(*FIELDS)


def newer_units() -> Iterator[int]:
    """Keys of units newer than the newest that has a card; quick where there are none."""
    newest = UnitCard.objects.aggregate(newest=Max("unit_id"))["newest"] or 0
    return Unit.objects.filter(pk__gt=newest).order_by("pk").values_list("pk", flat=True).iterator()


def unfinished() -> list[int]:
    """Imports cut short after publication: the card of the first unit comes last (see services.cards)."""
    made = BatchChunk.objects.filter(target=Unit._meta.db_table, how=CREATE, batch__entry__isnull=False)
    first = dict(made.values("batch").annotate(key=Min("first")).values_list("key", "batch").order_by())
    there = UnitCard.objects.filter(unit__in=first).values_list("unit_id", flat=True)
    return sorted(first[key] for key in first.keys() - set(there))


def check() -> Iterator[Finding]:
    """For the check-up of the installation."""
    if keys := list(islice(wrong(), TOLD + 1)):
        many = f" {TOLD} 家以上" if len(keys) > TOLD else f" {len(keys)} 家"
        yield Finding(
            f"有{many}企业的检索卡片缺失或与登记信息不符，例如第 {keys[0]} 号企业，检索和列表会漏掉或列错",
            "执行 dabiao reindex 重建检索",
        )


def wrong() -> Iterator[int]:
    """Keys of units whose card is missing or says something else, and of cards without a unit."""
    above, last = trades(), 0
    while chunk := list(Unit.objects.filter(pk__gt=last).order_by("pk").select_related("card")[:5000]):
        last = chunk[-1].pk
        for unit in chunk:
            there = getattr(unit, "card", None)
            if there is None or cells(there) != drawn(facts(unit), above):
                yield unit.pk
    yield from UnitCard.objects.exclude(unit__in=Unit.objects.values("pk")).values_list("unit_id", flat=True)
