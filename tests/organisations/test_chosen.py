"""Units that a subject above has chosen are found among the others, however many they are."""

import pytest

from dabiao.organisations.models import Unit, UnitCard
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Among, Wanted
from organisations.test_directory import CITY, town
from world import World

pytestmark = pytest.mark.django_db
__all__ = ["town"]


@pytest.mark.parametrize("few", [0, 1, directory.FEW])
def test_those_a_subject_above_has_chosen_are_found_among_the_others(
    town: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Few or many, with a text or a district beside, counted and page by page."""
    monkeypatch.setattr(directory, "FEW", few)
    unit = Unit._meta.db_table
    among = Among(f"SELECT id FROM {unit} WHERE name LIKE %s", ("%食品%",))
    chosen = set(Unit.objects.filter(name__contains="食品").values_list("pk", flat=True))
    district = town.units["unit"].jurisdiction_id
    for wanted, held in (
        (Wanted(among=among), chosen),
        (Wanted(among=among, jurisdiction=district), chosen),
        (Wanted(among=among, text="示例"), chosen),
        (Wanted(among=among, text="ＡＢＣ"), chosen),
        (Wanted(among=among, text="精密"), set[int]()),
    ):
        wish = directory.asked(CITY, wanted)
        assert {row[0] for row in directory.page(wish, 500)} == held
        places = directory.few(wish)
        assert (places is None) is (len(held) > few)
        assert (
            places is None
            or set(UnitCard.objects.filter(place__in=places).values_list("unit", flat=True)) == held
        )
        assert directory.counted(wish).number >= len(held)
    assert len(chosen) == 2
