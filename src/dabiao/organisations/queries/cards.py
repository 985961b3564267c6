"""What the card of a unit must say."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from django.db.models import Max

from dabiao.base.upkeep.findings import Finding
from dabiao.organisations.models import Industry, Unit, UnitCard
from dabiao.organisations.rules.letters import initials
from dabiao.organisations.rules.words import fold, scattered

TOLD: Final = 1000
Trades = Mapping[int, tuple[str, ...]]


def trades() -> Trades:
    """Key of an industry -> codes from its section down to itself."""
    rows = {key: (code, parent) for key, code, parent in Industry.objects.values_list("pk", "code", "parent")}

    def path(key: int) -> tuple[str, ...]:
        code, parent = rows[key]
        return (*(path(parent) if parent else ()), code)

    return {key: path(key) for key in rows}


def drawn(unit: Unit, above: Trades) -> UnitCard:
    name = fold(unit.name)
    return UnitCard(
        place=scattered(unit.pk),
        unit_id=unit.pk,
        name=name,
        initials=initials(name),
        code=fold(unit.uscc or ""),
        jurisdiction=unit.jurisdiction_id,
        locality=unit.locality_id,
        department=unit.department_id,
        industry=_listed(above[unit.industry_id]),
        size=unit.size,
        areas=_listed(unit.areas),
    )


def _listed(parts: "tuple[str, ...] | list[str]") -> str:
    return "".join(f"/{part}" for part in parts) + "/" if parts else ""


def newer_units() -> Iterator[int]:
    """Keys of units newer than the newest that has a card; quick where there are none."""
    newest = UnitCard.objects.aggregate(newest=Max("unit_id"))["newest"] or 0
    return Unit.objects.filter(pk__gt=newest).order_by("pk").values_list("pk", flat=True).iterator()


def check() -> Iterator[Finding]:
    """For the check-up of the installation."""
    if keys := list(islice(wrong(), TOLD + 1)):
        many = f"{TOLD} 家以上" if len(keys) > TOLD else f"{len(keys)} 家"
        yield Finding(
            f"有{many}企业的检索卡片缺失或与登记信息不符，例如第 {keys[0]} 号企业，检索和列表会漏掉或列错",
            "执行 dabiao reindex 重建检索",
        )


def wrong() -> Iterator[int]:
    """Keys of units whose card is missing or says something else, and of cards without a unit."""
    above, last = trades(), 0
    fields = [field.attname for field in UnitCard._meta.concrete_fields]
    while chunk := list(Unit.objects.filter(pk__gt=last).order_by("pk").select_related("card")[:5000]):
        last = chunk[-1].pk
        for unit in chunk:
            there = getattr(unit, "card", None)
            right = drawn(unit, above)
            if there is None or any(getattr(there, name) != getattr(right, name) for name in fields):
                yield unit.pk
    yield from UnitCard.objects.exclude(unit__in=Unit.objects.values("pk")).values_list("unit_id", flat=True)
