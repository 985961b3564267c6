"""The frame around every work page: navigation by the role's own work, who is signed in, where we are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import ADMIN_ROLES, CITY_ROLES, DISTRICT_ROLES, TITLES, UNIT_ROLES, Role
from dabiao.look.addresses import Address, Request
from dabiao.look.shapes import Crumb, Me, NavEntry
from dabiao.programme.models import READERS

WATCHING = CITY_ROLES | DISTRICT_ROLES | {Role.LOCALITY, Role.ORGANIZER, Role.ORGANIZER_LEAD}
REVIEWING = frozenset({Role.REVIEW_ADMIN, Role.REVIEWER})
OFFICERS = frozenset({Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT})
ON_SITE = frozenset({Role.REVIEWER, Role.EXPERT, Role.ORGANIZER}) | OFFICERS
READING = frozenset(Role) - ADMIN_ROLES - {Role.PUBLIC, Role.TIME, Role.CLIENT}

# title, address name, icon, whom it serves
ENTRIES: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    ("待办", "office:home", "inbox", frozenset(Role)),
    ("创建工作", "office:creation", "checklist", UNIT_ROLES),
    ("自评", "office:self_assessments", "clipboard-check", UNIT_ROLES | WATCHING),
    ("申报件", "office:cases", "file-certificate", UNIT_ROLES | WATCHING),
    ("评审", "office:reviews", "clipboard-list", UNIT_ROLES | WATCHING | REVIEWING),
    (
        "现场",
        "field:page",
        "device-tablet",
        ON_SITE - {Role.ORGANIZER} - OFFICERS,
    ),  # theirs is in the person's menu
    ("移交", "office:handovers", "alert-triangle", frozenset({Role.ENFORCEMENT})),
    ("定级", "office:gradings", "rubber-stamp", UNIT_ROLES | WATCHING | REVIEWING),
    ("核查", "office:verifications", "list-check", UNIT_ROLES | WATCHING | REVIEWING),
    ("隐患整改", "office:hazards", "alert-triangle", UNIT_ROLES | WATCHING),
    ("企业", "office:units", "building-factory-2", UNIT_ROLES | WATCHING),
    ("资格状况", "office:standing", "shield-check", WATCHING | {Role.ENFORCEMENT}),
    ("评定标准", "office:standards", "notebook", READING),
    ("公众意见", "office:feedback", "message-report", frozenset(READERS)),
    ("工作日历", "office:calendars", "calendar", frozenset({Role.SYSTEM_ADMIN})),
    ("评审人员", "office:qualifications", "id-badge-2", frozenset({Role.ORGANIZER, Role.ORGANIZER_LEAD})),
    ("本人资格", "office:own_qualifications", "id-badge-2", frozenset({Role.REVIEWER, Role.EXPERT})),
    ("机构", "office:bodies", "sitemap", frozenset({Role.SYSTEM_ADMIN})),
    ("账号任职", "office:accounts", "users", frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})),
    ("留痕台账", "office:journal", "history", frozenset({Role.AUDIT_ADMIN})),
)

# What is no entry of its own where its whole is one: it stands beside it, above the lists of both.
WITHIN: Mapping[str, str] = {
    "office:standing": "office:units",
    "office:qualifications": "office:reviews",
    "office:verifications": "office:gradings",
}


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a work page in its frame; `crumbs` are (title, address) pairs, the last without address.

    How much waits is counted apart (`home.waiting`), so that no page is slower for it.
    """
    actor = request.actor
    around = {
        "nav": navigation(actor, request.path),
        "beside": beside(actor, request.path),
        "me": me(actor, len(context.get("todos", ()))),
        "draft_done": request.session.pop("draft_done", ""),
        "links": {"waiting": "" if "todos" in context else reverse("office:waiting")},
        "me_links": own(actor),
        "crumbs": way(request, crumbs),
    }
    return render(request, template, {**around, **context}, status=status)


def way(request: Request, crumbs: Sequence[tuple[str, str]]) -> list[Crumb]:
    """Where we are; nothing where that is only the heading once more."""
    found = [Crumb(title, url) for title, url in crumbs if not url or opens(request, url)]
    return found if any(crumb.url for crumb in found) else []


def opens(request: Request, url: str) -> bool:
    """Whether this person's posts let them in there: nobody is led up to a closed door, or to none."""
    try:
        view = resolve(urlsplit(urljoin(request.path, url)).path).func
    except Resolver404:
        return False
    return cast(Address, view).policy.serves(request.actor)


def own(actor: Actor) -> list[NavEntry]:
    """The person's menu: the account, and the page for visits without a signal."""
    entries = [
        NavEntry("修改密码", reverse("office:password"), "key"),
        NavEntry("登录设备", reverse("office:devices"), "phone"),
        NavEntry("两步验证", reverse("factor"), "shield-lock"),
    ]
    if ON_SITE & actor.roles:
        entries.insert(0, NavEntry("现场页面", reverse("field:page"), "device-tablet"))
    return entries


def navigation(actor: Actor, path: str) -> list[NavEntry]:
    """At most nine, whoever somebody is in one office (look.md)."""
    served = _served(actor)
    return [
        NavEntry(
            title, reverse(name), icon, any(_here(path, reverse(each)) for each in _together(served, name))
        )
        for name, (title, icon) in served.items()
        if WITHIN.get(name) not in served
    ]


def beside(actor: Actor, path: str) -> list[NavEntry]:
    """On a list that shares its entry with others: all of them; elsewhere nothing."""
    served = _served(actor)
    here = next((name for name in served if reverse(name) == path), "")
    together = _together(served, WITHIN.get(here, here))
    return [
        NavEntry(served[name][0], reverse(name), served[name][1], name == here)
        for name in together
        if len(together) > 1
    ]


def _served(actor: Actor) -> dict[str, tuple[str, str]]:
    return {name: (title, icon) for title, name, icon, whom in ENTRIES if whom & actor.roles}


def _together(served: Iterable[str], whole: str) -> list[str]:
    """The whole itself and what stands beside it."""
    return [name for name in served if whole in {name, WITHIN.get(name)}]


def _here(path: str, address: str) -> bool:
    home = reverse("office:home")
    return path == address if address == home else path.startswith(address)


def me(actor: Actor, waiting: int) -> Me:
    """The person as the top bar says it; several postings are named together."""
    titles = "、".join(dict.fromkeys(TITLES[post.role] for post in actor.posts))
    bodies = "、".join(dict.fromkeys(post.title for post in actor.posts))
    return Me(actor.name, bodies, titles, waiting, str(actor.account))
