"""Rearranging a draft read wrongly: items added, taken out, put back, moved, joined, parted; elements.

Places have room between them; where two lie too close, those of the draft are spread out once more.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Invalid
from dabiao.standards import permissions
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.rules import arranging
from dabiao.standards.rules.arranging import STEP, Part
from dabiao.standards.rules.book import Element, Item
from dabiao.standards.rules.entering import Faults, item_faults
from dabiao.standards.rules.phrases import read_method
from dabiao.standards.services import rows
from dabiao.standards.services.corrections import Held, holding, refuse

NO_REASON = "请写明删去的理由，它会留在台账中。"


def add_item(*, edition: Edition, content: Item, by: Actor, at: datetime, behind: str = "") -> EditionItem:
    """Add an item the table did not have, behind another, or as the last of its element."""
    with holding(permissions.ADD_ITEM, edition, by=by, at=at) as held:
        taken = [each.key for each in held.source.removed]
        if not content.key and _known(held, content.element):
            key = arranging.free_key(held.book, content.element, taken)
            content = replace(content, key=key, number=content.number or key)
        refuse(item_faults(content) or _place_faults(held, content, taken))
        content = _read(held, content)
        place = _place(held, behind or arranging.after(held.book, content.element))
        row = EditionItem(edition=held.edition, place=place, **rows.columns(content, held.book))
        return held.work.create(row)


def drop_item(*, item: EditionItem, reason: str, by: Actor, at: datetime) -> None:
    """Take an item out of a draft, with its reason; its open phrases go with it. It can be put back."""
    if not reason.strip():
        raise Invalid("请写明删去的理由。", {"reason": NO_REASON})
    with holding(permissions.DROP_ITEM, item.edition, by=by, at=at) as held:
        row = held.row(item.key)
        held.work.note["reason"] = reason.strip()
        held.told(held.source.without_item(row.content, row.place, rows.settled(by, at, reason)))
        held.work.remove(row)


def restore_item(*, edition: Edition, key: str, by: Actor, at: datetime) -> EditionItem:
    """Put an item back that was taken out, as it was and where it was."""
    with holding(permissions.RESTORE_ITEM, edition, by=by, at=at) as held:
        back = next((each for each in held.source.removed if each.key == key), None)
        if back is None:
            raise Absent
        content = rows.read_item(dict(back.item))
        if not _known(held, content.element):
            raise Invalid("所在的要素已经删去，请先补回要素，再另行补充这一项。")
        held.told(held.source.with_item_back(key))
        row = EditionItem(edition=held.edition, place=back.place, **rows.columns(content, held.book))
        return held.work.create(row)


def move_item(
    *, item: EditionItem, element: str, behind: str, version: int, by: Actor, at: datetime
) -> EditionItem:
    """Move an item behind another, or into another element; `behind` empty: ahead of its items."""
    with holding(permissions.MOVE_ITEM, item.edition, by=by, at=at) as held:
        if not _known(held, element):
            raise Invalid("请选择要素。", {"element": "请选择项目所在的要素。"})
        row, last = held.row(item.key), behind or _ahead_of(held, element, item.key)
        if last == row.key:
            raise Invalid("请选择位置。", {"behind": "不能移到自己之后，请另选。"})
        moved = replace(rows.read_item(row.content), element=element)
        place = _place(held, last)
        return held.work.change(
            held.row(item.key), version=version, place=place, **rows.columns(moved, held.book)
        )


def merge_items(*, item: EditionItem, into: str, points: int, by: Actor, at: datetime) -> EditionItem:
    """Make an item part of another: its words and rules come after, its confirmed phrases follow."""
    with holding(permissions.MERGE_ITEMS, item.edition, by=by, at=at) as held:
        second, first = held.row(item.key), held.row(into)
        if first.pk == second.pk:
            raise Invalid("请另选一项。", {"into": "不能与自己合并，请另选。"})
        one, moved = arranging.together(rows.read_item(first.content), rows.read_item(second.content), points)
        refuse(item_faults(one))
        held.told(held.source.with_rules_moved({**moved, (second.key, ""): (first.key, "")}))
        held.work.remove(second)
        return held.work.change(first, version=first.version, **rows.columns(one, held.book))


def split_item(
    *, item: EditionItem, stays: Part, goes: Part, version: int, by: Actor, at: datetime
) -> EditionItem:
    """Make two items of one; answers with the new one, which comes right behind."""
    with holding(permissions.SPLIT_ITEM, item.edition, by=by, at=at) as held:
        was = rows.read_item(held.row(item.key).content)
        key = arranging.free_key(held.book, was.element, [each.key for each in held.source.removed])
        left, right, moved = arranging.apart(was, stays, goes, key)
        refuse(_part_faults(left, "first") | _part_faults(right, "second"))
        held.told(held.source.with_rules_moved(moved))
        place = _place(held, item.key)
        held.work.change(held.row(item.key), version=version, **rows.columns(left, held.book))
        made = EditionItem(edition=held.edition, place=place, **rows.columns(right, held.book))
        return held.work.create(made)


def add_element(*, edition: Edition, element: Element, by: Actor, at: datetime) -> Element:
    """Add an element below another or as an outermost one, behind its last sister."""
    with holding(permissions.ADD_ELEMENT, edition, by=by, at=at) as held:
        elements = list(held.book.elements)
        if element.parent and not _known(held, element.parent):
            raise Invalid("请选择上级要素。", {"parent": "上级要素不存在，请重新选择。"})
        if not element.title.strip():
            raise Invalid("请填写名称。", {"title": "请填写要素名称。"})
        made = replace(element, key=arranging.free_element(held.book, element.parent))
        inner = arranging.below(held.book, element.parent) if element.parent else [e.key for e in elements]
        behind = max((at for at, each in enumerate(elements) if each.key in inner), default=-1)
        held.framed(replace(held.book, elements=(*elements[: behind + 1], made, *elements[behind + 1 :])))
        return made


def drop_element(*, edition: Edition, element: str, by: Actor, at: datetime) -> Edition:
    """Take out an element nothing lies in any more."""
    with holding(permissions.DROP_ELEMENT, edition, by=by, at=at) as held:
        if not _known(held, element):
            raise Absent
        inner = arranging.below(held.book, element)
        items = sum(each.element in inner for each in held.book.items)
        if items or len(inner) > 1:
            raise Invalid(f"要素下面还有 {len(inner) - 1} 个要素、{items} 项，请先移走或删去。")
        held.framed(replace(held.book, elements=tuple(e for e in held.book.elements if e.key != element)))
        return held.edition


def _read(held: Held, content: Item) -> Item:
    """The method of an added item is read like the table's; what is weak or unread waits for a person."""
    if content.rules or not content.method:
        return content
    reading = read_method(content.method, content.points)
    phrases = rows.phrases_of(content.key, reading, held.source)
    if phrases:
        held.told(replace(held.source, phrases=(*held.source.phrases, *phrases)))
    return replace(content, rules=reading.rules)


def _known(held: Held, element: str) -> bool:
    return any(each.key == element for each in held.book.elements)


def _ahead_of(held: Held, element: str, moving: str) -> str:
    """The item the first of an element comes behind."""
    inner = arranging.below(held.book, element)
    others = [each for each in held.book.items if each.key != moving]
    first = next((at for at, each in enumerate(others) if each.element in inner), None)
    if first is None:
        return arranging.after(replace(held.book, items=tuple(others)), element)
    return others[first - 1].key if first else ""


def _place(held: Held, behind: str) -> int:
    """A place right behind an item (empty: ahead of all); the others move apart where there is none."""
    places = dict(_places(held))
    if behind and behind not in places:
        raise Invalid("请选择位置。", {"behind": "所选的项目已不在草案中，请重新选择。"})
    found = _between(places, behind)
    if found is not None:
        return found
    for number, row in enumerate(_rows(held), start=1):
        held.work.change(row, place=number * STEP)
    apart = _between(dict(_places(held)), behind)
    if apart is None:
        raise Invalid("没有空位，请重试。")
    return apart


def _between(places: Mapping[str, int], behind: str) -> int | None:
    order = list(places)
    at = order.index(behind) if behind else -1
    following = places[order[at + 1]] if at + 1 < len(order) else None
    return arranging.room(places[behind] if behind else 0, following)


def _rows(held: Held) -> list[EditionItem]:
    return list(EditionItem.objects.filter(edition=held.edition).order_by("place"))


def _places(held: Held) -> list[tuple[str, int]]:
    return [(row.key, row.place) for row in _rows(held)]


def _place_faults(held: Held, item: Item, removed: list[str]) -> Faults:
    if item.key in {*(each.key for each in held.book.items), *removed}:
        return {"key": f"编号“{item.key}”已经使用，请换一个；编号在一版标准中不能重复。"}
    if not _known(held, item.element):
        return {"element": "请选择项目所在的要素。"}
    return {}


def _part_faults(item: Item, name: str) -> Faults:
    return {f"{name}_{field.rpartition('-')[2]}": text for field, text in item_faults(item).items()}
