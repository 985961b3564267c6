"""An edition to read and, while a draft, to put right: tree | items | item."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.look.forms import offer
from dabiao.office import acting, frame, history
from dabiao.office.standards import finding, forms, item_forms, shapes
from dabiao.office.standards.finding import KEEPERS, READERS
from dabiao.office.standards.listing import crumbs, xlsx
from dabiao.standards import permissions, queries
from dabiao.standards.documents.checklist import checklist
from dabiao.standards.documents.purposes import FORMS, Purpose
from dabiao.standards.documents.selection import Selection
from dabiao.standards.models import Edition, EditionItem, VetoOverlay
from dabiao.standards.queries import listed
from dabiao.standards.rules.book import Book, Element, Item
from dabiao.standards.services import arranging, corrections, publishing
from dabiao.standards.services.rows import read_item

PURPOSES = [(purpose.value, FORMS[purpose].title) for purpose in Purpose]


@address("查看一版标准", READERS)
def page(request: Request, key: int) -> HttpResponse:
    """`element` and `item` choose what the panes show."""
    edition = finding.edition(request, key)
    book = queries.book(edition)
    element = request.GET.get("element", "")
    item = next((each for each in book.items if each.key == request.GET.get("item")), None)
    if item is not None and not element:
        element = book.outermost()[item.element]
    context = {
        **_panes(book, element, item),
        "edition": edition,
        "book": book,
        "current": _current(edition, item),
        "may_edit": permissions.may_edit(request.actor, edition),
        "keeps": permissions.owns(request.actor, edition.standard.owner_id),
        "area_titles": {each.id: each.title for each in listed.areas(clock.today()).values()},
        "purposes": PURPOSES,
        "history": history.of_chains([chain_of(edition)])[:20],
        "withdraw_form": forms.WithdrawForm(initial={"until": clock.today()}),
    }
    return frame.page(request, "office/standards/edition.html", context, crumbs=_crumbs(edition))


@address("改正草案中的项目", KEEPERS, ("GET", "POST"))
def item(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    row = finding.item(edition, item)
    was = read_item(row.content)
    form = _item_form(row, was, request.POST or None)
    rules = item_forms.RuleForms(was, request.POST or None)

    def act() -> EditionItem:
        content = form.item(was, rules.read())
        return corrections.correct_item(
            item=row, content=content, version=form.cleaned_data["version"], by=request.actor, at=clock.now()
        )

    good = request.method == "POST" and rules.is_valid() and acting.tried(form, act)
    if good:
        acting.done(request, "已保存。", "office:edition", key)
        return _to_item(edition, item)
    context = {"edition": edition, "item": was, "form": form, "rules": rules}
    here = [*_crumbs(edition, here=False), (was.number or was.key, "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/standards/item.html", context, crumbs=here, status=status)


@address("删去草案中的项目", KEEPERS, ("POST",))
def drop(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    row = finding.item(edition, item)
    arranging.drop_item(item=row, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now())
    told = shapes.sums_told(queries.book(edition), str(row.content["element"]))
    return acting.done(request, f"已删去，可以在核对页恢复。{told}", "office:edition", key)


@address("改正草案中的要素", KEEPERS, ("GET", "POST"))
def element(request: Request, key: int, element: str) -> HttpResponse:
    edition = finding.draft(request, key)
    was = _element(edition, element)
    initial = {**asdict(was), "group": str(was.group), "points": was.points if was.points is not None else ""}
    form = item_forms.ElementForm(request.POST or None, initial=initial)

    def act() -> Edition:
        return corrections.correct_element(
            edition=edition, element=form.element(was), by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已保存。", "office:edition_check", key)
    here = [*_crumbs(edition, here=False), (was.title, "")]
    status = 422 if form.is_bound else 200
    context = {"edition": edition, "element": was, "form": form}
    return frame.page(request, "office/standards/element.html", context, crumbs=here, status=status)


@address("废止一版标准", KEEPERS, ("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    edition = finding.own_edition(request, key)
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        publishing.withdraw(edition=edition, by=request.actor, at=clock.now(), **form.cleaned_data)
        return acting.done(request, "已废止。", "office:edition", key)
    return acting.done(request, "没有办成：请填写废止日期、理由和依据。", "office:edition", key)


@address("把项目导出为检查清单", READERS)
def export(request: Request, key: int) -> HttpResponse:
    """For training, screening or inspection; mandatory ones alone, by element, by area (uplift/4, /12)."""
    edition, asked = finding.edition(request, key), request.GET
    if asked.get("purpose") not in set(Purpose):
        raise Absent
    areas = listed.areas(clock.today())
    selection = Selection(
        elements=frozenset(filter(None, asked.getlist("element"))),
        areas=frozenset(area for area in asked.getlist("area") if area in areas),
        general=asked.get("general", "1") == "1",
        mandatory_only=asked.get("mandatory") == "1",
    )
    names = {each.id: each.title for each in areas.values()}
    purpose = Purpose(asked["purpose"])
    content = checklist(queries.book(edition), purpose, selection, on=clock.today(), area_names=names)
    return xlsx(content, f"checklist-{key}-{purpose}.xlsx")


def _panes(book: Book, element: str, item: Item | None) -> dict[str, Any]:
    items = shapes.inside(book, element)
    place = items.index(item) if item in items else -1
    return {
        "branches": shapes.branches(book),
        "element": element,
        "items": items,
        "item": item,
        "before": items[place - 1] if place > 0 else None,
        "after": items[place + 1] if 0 <= place < len(items) - 1 else None,
        "rules": shapes.rules_told(item.rules) if item else [],
        "view": "item" if item else "items" if element else "elements",
    }


def _current(edition: Edition, item: Item | None) -> dict[str, Any]:
    """The row behind the item and the vetoes laid over it today."""
    if item is None:
        return {}
    rows = VetoOverlay.objects.filter(edition=edition, item=item.key).on(clock.today())
    return {"vetoes": rows.select_related("department")}


def _item_form(row: EditionItem, was: Item, data: Any) -> item_forms.ItemForm:
    names = ("requirement", "number", "points", "method", "check", "mandatory", "citation", "pictures")
    initial = {name: getattr(was, name) for name in (*names, "picture_always", "applies_when")}
    initial |= {"veto": str(was.veto), "areas": list(was.areas), "version": row.version}
    form = item_forms.ItemForm(data, initial=initial)
    offer(form, "areas", forms.listed(listed.areas(clock.today()).values()))
    return form


def _element(edition: Edition, key: str) -> Element:
    found = next((each for each in queries.book(edition).elements if each.key == key), None)
    if found is None:
        raise Absent
    return found


def _to_item(edition: Edition, item: str) -> HttpResponse:
    return redirect(f"{reverse('office:edition', args=[edition.pk])}?{urlencode({'item': item})}")


def _crumbs(edition: Edition, *, here: bool = True) -> list[tuple[str, str]]:
    standard = reverse("office:standard", args=[edition.standard_id])
    address = "" if here else reverse("office:edition", args=[edition.pk])
    return crumbs((edition.standard.number, standard), (edition.label, address))
