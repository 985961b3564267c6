"""Who may do what, as one table: cast x act, on a thing of the industry department."""

import pytest

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.permit import Permit
from dabiao.standards import permissions as may
from dabiao.standards.models import Edition, Making, VetoOverlay
from standards.desk import Desk
from world import CAST, DAY

YES, NO, UNSEEN, WHEN = "yes", "no", "unseen", "when"
STRANGERS = dict.fromkeys(set(CAST) - {"industry_city"}, NO)

TABLE = {
    "register": STRANGERS | {"industry_city": YES},
    "register_district": dict.fromkeys(CAST, NO),
    "keep": STRANGERS | {"industry_city": YES},
    "edit_draft": dict.fromkeys(STRANGERS, UNSEEN) | {"industry_city": YES},
    "edit_published": STRANGERS | {"industry_city": WHEN},
    "withdraw": STRANGERS | {"industry_city": YES},
    "chase": dict.fromkeys(CAST, NO) | {"bureau_city": YES, "committee_city": YES},
    "open_making": STRANGERS | {"industry_city": YES, "bureau_city": YES, "committee_city": YES},
    "keep_making": STRANGERS | {"industry_city": YES},
    "map": STRANGERS | {"industry_city": YES},
    "map_by_duty": STRANGERS | {"industry_city": YES, "other_industry_city": YES},
    "add_veto": STRANGERS | {"industry_city": YES},
    "add_city_veto": dict.fromkeys(CAST, NO) | {"bureau_city": YES},
    "keep_veto": STRANGERS | {"industry_city": YES},
}


def answer(permit: Permit) -> str:
    if permit:
        return YES
    return {"Refused": NO, "Absent": UNSEEN, "OutOfTurn": WHEN}[permit.error.__name__]


def asked(desk: Desk, draft: Edition, published: Edition, act: str, by: Actor) -> Permit:
    bodies, standard = desk.world.bodies, published.standard
    other = frozenset({bodies["other_industry_city"].pk})
    making = Making(department=desk.owner)
    veto = VetoOverlay(department=desk.owner)
    questions = {
        "register": lambda: may.may_register(by, desk.owner),
        "register_district": lambda: may.may_register(by, bodies["industry_east"]),
        "keep": lambda: may.may_keep(by, standard),
        "edit_draft": lambda: may.may_edit(by, draft),
        "edit_published": lambda: may.may_edit(by, published),
        "withdraw": lambda: may.may_withdraw(by, published),
        "chase": lambda: may.may_chase(by, standard),
        "open_making": lambda: may.may_open_making(by, desk.owner),
        "keep_making": lambda: may.may_keep_making(by, making),
        "map": lambda: may.may_map(by, standard, frozenset()),
        "map_by_duty": lambda: may.may_map(by, standard, other),
        "add_veto": lambda: may.may_add_veto(by, desk.owner, standard),
        "add_city_veto": lambda: may.may_add_veto(by, bodies["bureau_city"], None),
        "keep_veto": lambda: may.may_keep_veto(by, veto),
    }
    return questions[act]()


@pytest.mark.parametrize("act", sorted(TABLE))
def test_everybody_may_what_the_table_says(desk: Desk, edition: Edition, act: str) -> None:
    draft = desk.draft(edition.standard, label="2027版")
    found = {who: answer(asked(desk, draft, edition, act, desk.world.actor(who, DAY))) for who in CAST}
    assert found == TABLE[act]


def test_time_may_chase(desk: Desk, edition: Edition) -> None:
    assert may.may_chase(TIME, edition.standard)


def test_every_act_has_sentence_clause_and_roles() -> None:
    names = [act.name for act in may.ACTS]
    assert len(set(names)) == len(names)
    for act in may.ACTS:
        assert act.name.startswith("standards.")
        assert act.sentence
        assert act.clause.startswith("uplift/")
        assert act.roles


def test_published_editions_are_for_everybody_drafts_for_the_owner(desk: Desk, edition: Edition) -> None:
    draft = desk.draft(edition.standard, label="2027版")
    for who in CAST:
        seen = set(Edition.objects.visible_to(desk.world.actor(who)).values_list("pk", flat=True))
        assert seen == ({edition.pk, draft.pk} if who == "industry_city" else {edition.pk})
