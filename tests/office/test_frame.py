"""The navigation: nobody in one office has more than nine entries, and what shares one is found beside it."""

import re

import pytest
from django.urls import reverse

from dabiao.field.permissions import SERVED
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.roles import TITLES, Role
from dabiao.office import frame
from office.story import Office

MOST = 9
PEOPLE = [role for role in TITLES if role not in {Role.PUBLIC, Role.TIME, Role.CLIENT}]


def actor(*roles: Role) -> Actor:
    return Actor(account=1, name="示例", posts=tuple(Post(role) for role in roles))


@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_has_more_than_nine_entries(role: Role) -> None:
    found = frame.navigation(actor(role), "/office/")
    assert 1 <= len(found) <= MOST
    assert [each.title for each in found if each.active] == ["待办"]


def test_nothing_is_lost_to_who_lacks_the_whole() -> None:
    """Enforcement has no directory of units; standing is an entry of its own there."""
    titles = [each.title for each in frame.navigation(actor(Role.ENFORCEMENT), "/office/")]
    assert "资格状况" in titles
    assert "企业" not in titles
    assert frame.beside(actor(Role.ENFORCEMENT), "/office/standing/") == []


def test_every_entry_is_reached_in_one_step_or_beside_another() -> None:
    who = actor(Role.ORGANIZER)
    shown = frame.navigation(who, "/office/")
    reached = {each.url for each in shown} | {
        other.url for each in shown for other in frame.beside(who, each.url)
    }
    assert reached == {reverse(name) for _, name, _, whom in frame.ENTRIES if Role.ORGANIZER in whom}


@pytest.mark.parametrize("role", PEOPLE)
def test_who_works_on_site_finds_the_page_for_it(role: Role) -> None:
    shown = [*frame.navigation(actor(role), "/office/"), *frame.own(actor(role))]
    assert (reverse("field:page") in {each.url for each in shown}) == (role in SERVED)


def test_the_lists_of_one_entry_stand_beside_each_other(office: Office) -> None:
    page = office.get("organizer", "/office/standing/")
    beside = re.search(r'<nav class="tabs" aria-label="同一栏目">(.*?)</nav>', page)
    assert beside is not None
    assert re.findall(r'href="([^"]+)"( aria-current="page")?', beside[1]) == [
        ("/office/units/", ""),
        ("/office/standing/", ' aria-current="page"'),
    ]
    side = page[page.index('class="nav-side"') : page.index("</nav>", page.index('class="nav-side"'))]
    assert "资格状况" not in side
    assert re.search(r'href="/office/units/"[^>]*aria-current="page"', side)
    assert "同一栏目" not in office.get("organizer", "/office/cases/")


@pytest.mark.parametrize(("who", "led"), [("enforcement", False), ("organizer", True)])
def test_the_way_back_leads_up_to_no_closed_door(office: Office, who: str, led: bool) -> None:
    """Enforcement reads what was handed over to it, and no reviews."""
    page = office.get(who, "/office/reviews/handovers/")
    way = re.search(r'<ol class="crumbs">.*?</ol>', page)
    assert (way is not None and 'href="/office/reviews/"' in way[0]) is led
    assert office.as_(who).get("/office/reviews/").status_code == (200 if led else 403)
