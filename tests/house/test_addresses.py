"""Every address is guarded, every answer dressed for strangers; and the net that shows it has no hole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.cookies import Morsel
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from addresses import asks, inspecting, marks
from addresses.asking import Asking
from addresses.furnished import asking, stage
from addresses.reading import entries
from addresses.routes import Route, routes
from addresses.stage import ANONYMOUS, NOW, TODAY, Stage, frozen
from dabiao.base.files import store
from dabiao.hazards import queries as hazard_queries
from dabiao.hazards.models import Hazard, HazardQuerySet
from dabiao.kernel.actor import TIME
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Policy
from dabiao.people import services as people
from dabiao.people.models import Account, Posting
from dabiao.sheets.services.pictures import attach_picture
from sheets import photographs
from world import PASSWORD

__all__ = ["asking", "stage"]
pytestmark = pytest.mark.django_db

SIGN_IN = "/office/sign-in/"
LISTS = [
    route for route in routes().values() if not route.converters and "GET" in entries()[route.name].methods
]
POSTED = [name for name, entry in entries().items() if "POST" in entry.methods]
# Nothing of a session is used there: no identity that a foreign page could borrow.
WITHOUT_TOKEN = {
    *("publicsite:feedback", "publicsite:receipt"),
    *("publicsite:objection",),
}
TABS: dict[str, tuple[str, ...]] = {
    "office:home": ("tab=done", "tab=finished"),
    "office:search": ("q=示例", "q=缺失", "q=草案"),
    "office:standards": ("tab=due", "tab=gaps", "tab=drafts"),
    "office:standard_items": ("q=应当",),
    "office:hazards": ("q=缺失", "q=示例", "state=found"),
    "office:self_assessments": ("q=示例", "q=ZP", "state=filling"),
    "office:units": ("q=示例",),
    "office:cases": ("q=示例", "q=DB", "state=received"),
    "office:standing": ("q=示例", "kind=licence", "show=adverse"),
}


def unguarded(found: dict[str, Route]) -> list[str]:
    return [
        name for name, each in found.items() if not isinstance(getattr(each.callback, "policy", None), Policy)
    ]


def test_every_address_asks_a_permission() -> None:
    assert unguarded(dict(routes())) == []


def test_an_address_without_a_policy_is_caught() -> None:
    def bare(request: Any) -> HttpResponse:
        return HttpResponse("秘密")

    planted = replace(routes()["office:home"], name="office:planted", callback=bare)
    assert unguarded({**routes(), "office:planted": planted}) == ["office:planted"]


def test_policies_answer_the_methods_of_the_table() -> None:
    for name, entry in entries().items():
        assert set(routes()[name].callback.policy.methods) == set(entry.methods) - {"HEAD"}, name


def leaks(stage: Stage, asking: Asking, route: Route) -> list[str]:
    """What a list shows of others, to one member of each kind."""
    found = []
    for who in sorted(entries()[route.name].serves):
        for query in ("", *TABS.get(route.name, ())):
            answered = asking.ask(who, "GET", f"{route.path({})}?{query}")
            assert answered.status < 500, f"{who} {route.name} {query}: {answered.kind}"
            found += [f"{who} {query}: {mark}" for mark in marks.shown(stage, who, answered.text)]
    return found


@pytest.mark.parametrize("name", [each.name for each in LISTS if each.name in TABS])
def test_no_tab_or_search_of_a_list_shows_what_is_others(name: str, stage: Stage, asking: Asking) -> None:
    assert leaks(stage, asking, routes()[name]) == []


def test_a_list_that_forgets_its_scope_is_caught(
    stage: Stage, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HazardQuerySet, "visible_to", lambda rows, actor: rows.all())
    assert leaks(stage, asking, routes()["office:hazards"])


def test_a_view_that_forgets_whose_thing_it_is_is_caught(
    stage: Stage, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hazard_queries, "visible", lambda actor, key: Hazard.objects.get(pk=key))
    name = "office:hazard"
    asked = [each for each in asks.asks(entries()[name], routes()[name], stage) if each.expected == "404"]
    came = {asking.ask(each.who, each.method, each.path).kind for each in asked if "own" not in each.about}
    assert "200" in came, "the table would have said: 404 expected, 200 came"


@pytest.mark.parametrize("name", [each.name for each in LISTS])
def test_nothing_typed_into_an_address_breaks_it(name: str, asking: Asking) -> None:
    """Also with what no browser sends: NUL, endless digits, quotes."""
    who = sorted(entries()[name].serves)[0]
    for value in ("%00", "9" * 5000, "²", "%F0%9F%92%A5'\";--", "%FF"):
        query = "&".join(f"{field}={value}" for field in FIELDS)
        answered = asking.ask(who, "GET", f"{routes()[name].path({})}?{query}")
        assert answered.status < 500, f"{value[:20]}: {answered.kind}"


FIELDS = (
    *("q", "page", "sort", "state", "tab", "show", "day", "chain", "who", "act", "edition", "area", "topic"),
    *(
        "mandatory",
        "veto",
        "level",
        "industry",
        "jurisdiction",
        "size",
        "number",
        "standard",
        "item",
        "purpose",
        "kind",
        "unit",
        "code",
    ),
    "next",
)


@pytest.mark.parametrize("name", [name for name, each in routes().items() if each.numbers])
def test_a_number_too_long_for_the_database_leads_nowhere(name: str, asking: Asking) -> None:
    route, entry = routes()[name], entries()[name]
    far = {**route.nowhere(), **dict.fromkeys(route.numbers, 10**25)}
    for method in set(entry.methods) - {"HEAD"}:
        answered = asking.ask(sorted(entry.serves)[0], method, route.path(far))
        assert answered.kind in {"404", "403", "405"}, f"{method}: {answered.kind}"


def test_the_inspector_sees_what_is_inline_or_foreign() -> None:
    planted = {
        "<script>alert(1)</script>": "<script> inline",
        '<p style="color:red">x</p>': "<p style=…>",
        "<button type=button onclick=go()>x</button>": "<button onclick=…>",
        "<style>p{}</style>": "<style>",
        '<img src="https://example.invalid/x.png">': "<img src=https://example.invalid/x.png>",
        '<a href="javascript:go()">x</a>': "<a href=javascript:go()>",
    }
    for page, fault in planted.items():
        assert inspecting.page_faults(page.encode()) == (fault,), page
    assert inspecting.page_faults(b'<script src="/static/x.js" defer></script><a href="/office/">x</a>') == ()


def test_an_answer_without_its_headers_is_caught() -> None:
    bare = {"Content-Type": "image/svg+xml"}
    assert len(list(inspecting.faults(bare, b"<svg/>"))) == 2 + len(inspecting.HEADERS)


@pytest.mark.parametrize("name", sorted(set(POSTED) - WITHOUT_TOKEN))
def test_without_its_token_nothing_is_done(name: str, stage: Stage, asking: Asking) -> None:
    entry = entries()[name]
    thing = next(iter(list(stage.things[entry.of].values())[-1].values())) if entry.of else {}
    who = sorted(entry.serves - {ANONYMOUS})[0]
    answered = asking.ask(who, "POST", routes()[name].path(thing), token=True)
    assert answered.kind == "403"
    assert ("页面停留过久" in answered.text) or ('"code":"csrf"' in answered.text)  # the field's envelope
    assert not answered.written


def test_only_what_uses_no_session_goes_without_a_token() -> None:
    exempt = {name for name, each in routes().items() if getattr(each.callback, "csrf_exempt", False)}
    assert exempt == WITHOUT_TOKEN


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_signed_out_scripts_are_told_where_to_sign_in(method: str, asking: Asking) -> None:
    for route in LISTS:
        if not route.name.startswith("office:"):
            continue
        answered = asking.ask(ANONYMOUS, method, route.path({}) + "?a=1&b=2", **{"HX-Request": "true"})
        assert answered.status == 401, route.name
        assert answered.headers["HX-Redirect"].startswith(f"{SIGN_IN}?next=/office/"), route.name
        assert answered.content == b""


def test_signed_out_people_come_back_where_they_were(asking: Asking) -> None:
    answered = asking.ask(ANONYMOUS, "GET", "/office/hazards/?q=a&page=2")
    assert answered.headers["Location"] == f"{SIGN_IN}?next=/office/hazards/%3Fq%3Da%26page%3D2"


ELSEWHERE = (
    *("https://example.invalid/", "//example.invalid/", "/\\example.invalid/", "\\\\example.invalid"),
    *("javascript:alert(1)", "http:///example.invalid", "https:example.invalid", " //example.invalid"),
)


@pytest.fixture
def doors(stage: Stage) -> Iterator[Client]:
    """A real client with the whole stack and its tokens, on this day."""
    with frozen():
        yield Client(enforce_csrf_checks=True)


def sign_in(client: Client, login: str = "officer", where: str = "") -> Any:
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(SIGN_IN).text)
    assert token
    sent = {"login": login, "password": PASSWORD, "next": where, "csrfmiddlewaretoken": token[1]}
    return client.post(SIGN_IN, sent)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_leads_nowhere_else(where: str, doors: Client) -> None:
    assert sign_in(doors, where=where).headers["Location"] == "/office/"


def test_signing_in_leads_back(doors: Client) -> None:
    assert sign_in(doors, where="/office/hazards/?q=a").headers["Location"] == "/office/hazards/?q=a"


def test_cookies_are_kept_from_scripts_and_from_other_sites(doors: Client) -> None:
    before = doors.get(SIGN_IN).cookies
    answered = sign_in(doors)
    for cookie in (*before.values(), *answered.cookies.values()):
        assert isinstance(cookie, Morsel)
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key


def test_a_session_begun_before_signing_in_is_worth_nothing_after(doors: Client) -> None:
    doors.get(SIGN_IN)
    sign_in(doors)
    first = doors.cookies["sessionid"].value
    doors.cookies["sessionid"] = "a" * 32
    sign_in(doors)
    assert doors.cookies["sessionid"].value not in {first, "a" * 32}


@pytest.mark.parametrize(
    ("who", "end", "status"),
    [
        ("officer", lambda account: None, 200),
        ("former", lambda account: None, 403),
        ("officer", lambda account: Posting.objects.filter(account=account).update(until=TODAY), 403),
        ("officer", lambda account: Account.objects.filter(pk=account.pk).update(is_active=False), 302),
    ],
)
def test_who_loses_the_post_loses_it_with_the_next_request(
    who: str, end: Callable[[Account], Any], status: int, stage: Stage
) -> None:
    client = Client()
    with frozen():
        client.force_login(stage.world.accounts[who], backend="dabiao.people.sign_in.Backend")
        end(stage.world.accounts[who])
        assert client.get("/office/hazards/").status_code == status


def test_who_wrote_for_a_unit_and_reviews_elsewhere_sees_its_sheet_no_more(
    stage: Stage, asking: Asking
) -> None:
    """`moved` is a writer of the sheet still, and its role would let a writer from outside in."""
    account, body = stage.world.accounts["moved"], stage.world.bodies["review_unit"]
    people.give_posting(account=account, role=Role.REVIEWER, since=TODAY, body=body, by=TIME, at=NOW)
    client, sheet = Client(), stage.things["sheet"]["open"]["unit"]["sheet"]
    client.force_login(account, backend="dabiao.people.sign_in.Backend")
    with frozen():
        assert client.get(f"/office/sheets/{sheet}/").status_code == 404
        sent = {"verdict": "conforms", "version": 0}
        saved = client.post(f"/office/sheets/{sheet}/lines/1.1.1/answer/", sent, "application/json")
        assert saved.status_code == 404


SENT = {
    "jpeg": photographs.jpeg((64, 48)),
    "png": photographs.png(),
    "pdf": photographs.pdf(),
    "mp4": photographs.mp4(),
}


@pytest.mark.parametrize("kind", SENT)
def test_what_people_upload_is_never_shown_as_what_it_says_it_is(
    kind: str, stage: Stage, doors: Client
) -> None:
    """Pictures as copies made by us; the original only as an attachment of no kind."""
    thing = stage.things["sheet"]["open"]["unit"]
    where = f"/office/sheets/{thing['sheet']}/"
    key = attached(stage, kind)
    client = Client()
    client.force_login(stage.world.accounts["officer"], backend="dabiao.people.sign_in.Backend")
    original = client.get(f"{where}pictures/{key}/original/")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(original.streaming_content) == SENT[kind]
    copy = client.get(f"{where}pictures/{key}/320.jpg")
    if kind in {"jpeg", "png"}:
        assert copy.headers["Content-Type"] == "image/jpeg"
        assert b"".join(copy.streaming_content) != SENT[kind]
    else:
        assert copy.status_code in {400, 404, 422}


def attached(stage: Stage, kind: str) -> int:
    thing = stage.things["sheet"]["open"]["unit"]
    taken = store.take_in([SENT[kind]])
    by = stage.actor("officer")
    row = attach_picture(sheet=thing["sheet"], line="1.1.2", taken=taken, by=by, at=NOW)
    return row.pk


@pytest.mark.parametrize("name", sorted(POSTED))
def test_a_nul_in_a_form_is_refused_with_words(name: str, stage: Stage, asking: Asking) -> None:
    entry = entries()[name]
    thing = next(iter(list(stage.things[entry.of].values())[-1].values())) if entry.of else {}
    sent = entry.methods["POST"].sent.get("body") or {"words": ""}
    hostile = {"body": dict.fromkeys(sent, "a\x00b")}
    answered = asking.ask(sorted(entry.serves)[0], "POST", routes()[name].path(thing), hostile)
    assert answered.kind == "400", answered.kind
    assert not answered.written
