"""What pages of standards show, as plain values: the tree of an edition, rules in words, who may what."""

from collections.abc import Sequence
from dataclasses import dataclass

from dabiao.kernel.points import spell
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule


@dataclass(frozen=True, slots=True)
class Branch:
    """An element in the tree: how deep, how many items and points at or below it."""

    element: Element
    depth: int
    items: int
    points: int

    @property
    def agrees(self) -> bool:
        return self.element.points is None or self.element.points == self.points


def branches(book: Book) -> list[Branch]:
    """The tree in printed order with its sums."""
    parents = {each.key: each.parent for each in book.elements}
    items: dict[str, int] = dict.fromkeys(parents, 0)
    points: dict[str, int] = dict.fromkeys(parents, 0)
    for item in book.items:
        for key in above(item.element, parents):
            items[key] += 1
            points[key] += item.points
    return [
        Branch(each, len(above(each.key, parents)) - 1, items[each.key], points[each.key])
        for each in book.elements
    ]


def above(key: str, parents: dict[str, str]) -> list[str]:
    """The element, then everything it lies in."""
    found = []
    while key in parents:
        found.append(key)
        key = parents[key]
    return found


def inside(book: Book, element: str) -> list[Item]:
    """Items at or below an element; all for an unknown or empty key."""
    parents = {each.key: each.parent for each in book.elements}
    if element not in parents:
        return list(book.items)
    return [item for item in book.items if element in above(item.element, parents)]


def sums_told(book: Book, element: str) -> str:
    """The sums an act has changed: of the outermost element, against what it states, and of all."""
    found = {each.element.key: each for each in branches(book)}
    whole = f"全表{len(book.items)}项、{spell(book.full)}分。"
    branch = found.get(book.outermost().get(element, ""))
    if branch is None:
        return whole
    stated = branch.element.points
    against = "" if stated is None else f"（载明{spell(stated)}分{'' if branch.agrees else '，不一致'}）"
    return f"“{branch.element.title}”现为{branch.items}项、{spell(branch.points)}分{against}，{whole}"


def told(rule: Rule) -> str:
    """What a rule does, in words."""
    off = spell(rule.points)
    own = {
        Effect.ZERO: "本项不得分",
        Effect.EACH: f"每{rule.unit}扣{off}分",
        Effect.ONCE: f"扣{off}分",
        Effect.FREE: "扣多少由评分人确定，不超过本项分值",
        Effect.NONE: "",
    }[rule.effect]
    extra = f"{'扣满后' if rule.exhausted else ''}追加扣除{spell(rule.extra)}分" if rule.extra else ""
    total = f"总分倒扣{spell(rule.total)}分" if rule.total else ""
    parts = [part for part in (own, extra, total, "否决" if rule.veto else "") if part]
    return "，".join(parts) or "只作说明，不扣分"


def rules_told(rules: Sequence[Rule]) -> list[tuple[Rule, str]]:
    return [(rule, told(rule)) for rule in rules]
