"""Pages that rearrange a draft: add, move, merge, split and put back items; add and drop elements."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from dabiao.base import clock
from dabiao.kernel.errors import Invalid
from dabiao.look.addresses import Request, address
from dabiao.look.forms import offer
from dabiao.office import acting, frame
from dabiao.office.standards import arranging_forms as forms
from dabiao.office.standards import finding, shapes
from dabiao.office.standards.finding import KEEPERS
from dabiao.office.standards.listing import crumbs
from dabiao.standards import queries
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.rules.book import Item
from dabiao.standards.services import arranging
from dabiao.standards.services.rows import read_item

TITLES = {
    "item_new": "补充项目",
    "item_move": "移动项目",
    "item_merge": "合并项目",
    "item_split": "拆分项目",
    "element_new": "补充要素",
}


@address("在草案中补充项目", KEEPERS, ("GET", "POST"))
def new_item(request: Request, key: int) -> HttpResponse:
    edition = finding.draft(request, key)
    book, made = queries.book(edition), list[EditionItem]()
    form = forms.NewItemForm(acting.posted(request), initial={"element": request.GET.get("element", "")})
    offer(form, "element", forms.elements(book))

    def act() -> None:
        made.append(
            arranging.add_item(edition=edition, content=form.item(), by=request.actor, at=clock.now())
        )

    if request.method == "POST" and acting.tried(form, act):
        return _done(request, edition, "已补充。", made[0])
    return _page(request, edition, "item_new", form)


@address("移动草案中的项目", KEEPERS, ("GET", "POST"))
def move(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    row, book = finding.item(edition, item), queries.book(edition)
    form = forms.MoveForm(
        acting.posted(request), initial={"version": row.version, "place": _before(book.items, item)}
    )
    offer(form, "place", list(forms.places(book, item)))

    def act() -> None:
        element, behind = form.where(book)
        version = form.cleaned_data["version"]
        arranging.move_item(
            item=row, element=element, behind=behind, version=version, by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        return _done(request, edition, "已移动。", row)
    return _page(request, edition, "item_move", form, row=row)


@address("合并草案中的项目", KEEPERS, ("GET", "POST"))
def merge(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    row, book = finding.item(edition, item), queries.book(edition)
    others = [each for each in book.items if each.key != item]
    before = _before(book.items, item).removeprefix("item:")
    near = next((each for each in others if each.key == before), others[0] if others else None)
    whole = read_item(row.content).points + (near.points if near else 0)
    form = forms.MergeForm(
        acting.posted(request), initial={"into": near.key if near else "", "points": whole}
    )
    offer(form, "into", [(each.key, forms.named(each)) for each in others])
    kept = list[EditionItem]()

    def act() -> None:
        said = form.cleaned_data
        kept.append(arranging.merge_items(item=row, **said, by=request.actor, at=clock.now()))

    if request.method == "POST" and acting.tried(form, act):
        return _done(request, edition, "已合并。需要时可以再拆分。", kept[0])
    return _page(request, edition, "item_merge", form, row=row)


@address("拆分草案中的项目", KEEPERS, ("GET", "POST"))
def split(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    row = finding.item(edition, item)
    was = read_item(row.content)
    form = forms.SplitForm(acting.posted(request), initial={**_halves(was), "version": row.version})
    offer(form, "rules", [(each.key, each.text) for each in was.rules])

    def act() -> None:
        version = form.cleaned_data["version"]
        parts: dict[str, Any] = {"stays": form.stays(), "goes": form.goes()}
        arranging.split_item(item=row, **parts, version=version, by=request.actor, at=clock.now())

    if request.method == "POST" and acting.tried(form, act):
        return _done(request, edition, "已拆成两项。需要时可以再合并。", row)
    return _page(request, edition, "item_split", form, row=row)


@address("恢复草案中删去的项目", KEEPERS, ("POST",))
def restore(request: Request, key: int, item: str) -> HttpResponse:
    edition = finding.draft(request, key)
    try:
        row = arranging.restore_item(edition=edition, key=item, by=request.actor, at=clock.now())
    except Invalid as error:
        return acting.done(request, f"没有办成：{error.text}", "office:edition_check", key)
    return _done(request, edition, "已恢复。", row)


@address("在草案中补充要素", KEEPERS, ("GET", "POST"))
def new_element(request: Request, key: int) -> HttpResponse:
    edition = finding.draft(request, key)
    form = forms.NewElementForm(acting.posted(request), initial={"parent": request.GET.get("parent", "")})
    parents = [("", "没有上级，是一级要素"), *forms.elements(queries.book(edition))]
    offer(form, "parent", parents)

    def act() -> None:
        arranging.add_element(edition=edition, element=form.element(), by=request.actor, at=clock.now())

    if request.method == "POST" and acting.tried(form, act):
        return _to_tree(request, edition, "已补充要素，可以在其中补充或移入项目。")
    return _page(request, edition, "element_new", form)


@address("删去草案中的空要素", KEEPERS, ("POST",))
def drop_element(request: Request, key: int, element: str) -> HttpResponse:
    edition = finding.draft(request, key)
    try:
        arranging.drop_element(edition=edition, element=element, by=request.actor, at=clock.now())
    except Invalid as error:
        return _to_tree(request, edition, f"没有删去：{error.text}")
    return _to_tree(request, edition, "已删去要素。")


def _before(items: tuple[Item, ...], key: str) -> str:
    """Where the item stands now, as the list of places names it."""
    at = next(place for place, each in enumerate(items) if each.key == key)
    same = at and items[at - 1].element == items[at].element
    return f"item:{items[at - 1].key}" if same else f"element:{items[at].element}"


def _halves(was: Item) -> dict[str, Any]:
    """Items over several rows were read line by line: the last line is likely the other."""
    first, _line, last = was.requirement.rpartition("\n")
    words = {"first_requirement": first or was.requirement, "second_requirement": last if first else ""}
    return {**words, "first_points": was.points, "second_points": 0}


def _done(request: Request, edition: Edition, words: str, row: EditionItem) -> HttpResponse:
    """Say what the sums are now, and show the item."""
    item = read_item(row.content)
    fresh = Edition.objects.select_related("standard").get(pk=edition.pk)
    acting.done(
        request, f"{words}{shapes.sums_told(queries.book(fresh), item.element)}", "office:edition", edition.pk
    )
    return redirect(f"{reverse('office:edition', args=[edition.pk])}?{urlencode({'item': item.key})}")


def _to_tree(request: Request, edition: Edition, words: str) -> HttpResponse:
    acting.done(request, words, "office:edition_check", edition.pk)
    return redirect(reverse("office:edition_check", args=[edition.pk]) + "#tree")


def _page(
    request: Request, edition: Edition, template: str, form: Form, *, row: EditionItem | None = None
) -> HttpResponse:
    item = read_item(row.content) if row else None
    standard, here = edition.standard, reverse("office:edition", args=[edition.pk])
    trail = crumbs(
        (standard.number, reverse("office:standard", args=[standard.pk])),
        (edition.label, here),
        (TITLES[template], ""),
    )
    context = {
        "edition": edition,
        "form": form,
        "item": item,
        "rules": shapes.rules_told(item.rules) if item else [],
    }
    status = 422 if form.is_bound else 200
    return frame.page(request, f"office/standards/{template}.html", context, crumbs=trail, status=status)
