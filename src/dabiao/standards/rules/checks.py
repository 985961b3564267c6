"""What to put right in an edition before it is published. Errors hold publication up, warnings are for a
person to look at; every finding says where and what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dabiao.kernel.points import spell
from dabiao.standards.rules.book import Book, Effect, Element, Group, Item, Rule, SchemeKind, VetoLevel


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`where`: the number of the item or element as printed, or "标准" for the whole; `key`: its key."""

    severity: Severity
    where: str
    text: str
    key: str = ""


def findings(book: Book) -> tuple[Finding, ...]:
    """Everything found in the book, errors first, each kind in the order printed."""
    found = [
        *_of_whole(book),
        *_of_scheme(book),
        *_of_elements(book),
        *_of_numbering(book),
        *(each for item in book.items for each in _of_item(item)),
        *_of_extras(book),
    ]
    return tuple(sorted(found, key=lambda each: each.severity is not Severity.ERROR))


def _error(where: str, text: str, key: str = "") -> Finding:
    return Finding(Severity.ERROR, where, text, key)


def _warning(where: str, text: str, key: str = "") -> Finding:
    return Finding(Severity.WARNING, where, text, key)


def _of_whole(book: Book) -> Iterator[Finding]:
    if not book.title.strip():
        yield _error("标准", "没有名称，请填写。")
    if not book.number.strip():
        yield _warning("标准", "没有标准编号，如有请填写。")
    if not book.items:
        yield _error("标准", "没有条目，请先导入评分表。")


def _of_scheme(book: Book) -> Iterator[Finding]:
    thresholds = book.scheme.thresholds
    if not thresholds:
        yield _warning("标准", "没有定级分数线，评分后不给出等级。请按依据填写。")
    # Of two groups the lowest grade goes by P of 1000, the others by percent: not to be compared.
    alike = [each for each in thresholds if book.scheme.kind is SchemeKind.RATE or each.level != "C"]
    if any(above.at_least <= below.at_least for above, below in pairwise(alike)):
        yield _error("标准", "定级分数线没有从高到低排列，请调整。")
    if book.scheme.kind is SchemeKind.TWO_GROUPS:
        yield from _of_groups(book)


def _of_groups(book: Book) -> Iterator[Finding]:
    outermost = [each for each in book.elements if not each.parent]
    for each in outermost:
        if each.group is Group.NONE:
            yield _error(_named(each), "没有归入基础管理或现场安全技术，请归类。", each.key)
    missing = {Group.BASIC, Group.ONSITE} - {each.group for each in outermost}
    if missing:
        yield _error("标准", "两类得分方案须同时有基础管理和现场安全技术的要素，请补上。")


def _of_elements(book: Book) -> Iterator[Finding]:
    keys = {each.key for each in book.elements}
    sums = _sums(book) if _is_tree(book) else None
    for each in book.elements:
        if not each.title.strip():
            yield _error(_named(each), "要素没有名称，请填写。", each.key)
        if each.parent and each.parent not in keys:
            yield _error(_named(each), "上级要素不存在，请重新指定。", each.key)
        if sums is not None:
            yield from _of_sum(each, sums[each.key])
    if sums is None:
        yield _error("标准", "要素的上下级关系不成树形，请调整。")


def _of_sum(element: Element, found: int | None) -> Iterator[Finding]:
    if found is None:
        yield _warning(_named(element), "要素下面没有条目，请核对。", element.key)
    elif element.points is not None and element.points != found:
        text = f"写明 {spell(element.points)} 分，条目合计 {spell(found)} 分，请核对。"
        yield _error(_named(element), text, element.key)


def _is_tree(book: Book) -> bool:
    """Does every element lead up to an outermost one?"""
    parents = {each.key: each.parent for each in book.elements}
    for key in parents:
        steps, up = 0, key
        while up:
            up, steps = parents.get(up, ""), steps + 1
            if steps > len(parents):
                return False
    return True


def _sums(book: Book) -> dict[str, int | None]:
    """Points of the items in each element; None where it has no item."""
    parents = {each.key: each.parent for each in book.elements}
    sums: dict[str, int | None] = dict.fromkeys(parents)
    for item in book.items:
        key = item.element
        while key in parents:
            sums[key] = (sums[key] or 0) + item.points
            key = parents[key]
    return sums


def _of_numbering(book: Book) -> Iterator[Finding]:
    for kind, keys in (
        ("要素", [each.key for each in book.elements]),
        ("条目", [each.key for each in book.items]),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                yield _error(key, f"{kind}的标识 {key} 用了 {count} 次，请改成各不相同。", key)
    elements = {each.key for each in book.elements}
    for number, count in Counter(item.number for item in book.items if item.number).items():
        if count > 1:
            yield _error(number, f"编号 {number} 用了 {count} 次，请改成各不相同。")
    for item in book.items:
        if item.element not in elements:
            yield _error(_where(item), "所属要素不存在，请重新指定。", item.key)


def _of_item(item: Item) -> Iterator[Finding]:
    where = _where(item)
    if not item.requirement.strip():
        yield _error(where, "没有考评内容，请填写。", item.key)
    if item.points < 0:
        yield _error(where, "标准分值小于零，请改正。", item.key)
    if not item.points and item.veto is VetoLevel.NONE:
        yield _warning(where, "标准分值为零，又不是否决项，请核对。", item.key)
    if not item.rules:
        yield _warning(where, "没有扣分条款，评分时无从扣分，请补上。", item.key)
    if item.mandatory and not item.citation.strip():
        yield _warning(where, "标为强制性条款，却没有写依据，请补上。", item.key)
    if len({rule.key for rule in item.rules}) < len(item.rules):
        yield _error(where, "扣分条款的序号有重复，请改正。", item.key)
    for rule in item.rules:
        for severity, text in _of_rule(rule, item):
            yield Finding(severity, where, f"“{_begin(rule.text)}”{text}", item.key)


def _of_rule(rule: Rule, item: Item) -> Iterator[tuple[Severity, str]]:
    counted = rule.effect in {Effect.EACH, Effect.ONCE}
    if rule.effect is Effect.FREE:
        yield Severity.WARNING, "没有读出扣分方式，评分时由人工确定扣分额度，请确认或改写。"
    if counted and rule.points <= 0:
        yield Severity.ERROR, "没有写明扣多少分，请填写。"
    if counted and rule.points > item.points:
        yield (
            Severity.WARNING,
            f"一次扣 {spell(rule.points)} 分，超过本条分值 {spell(item.points)} 分，请核对。",
        )
    if rule.effect is Effect.EACH and not rule.unit:
        yield Severity.ERROR, "按次数扣分，却没有计数单位，请填写。"
    if min(rule.points, rule.extra, rule.total) < 0:
        yield Severity.ERROR, "扣分额度小于零，请改正。"
    if rule.effect is Effect.NONE and not (rule.extra or rule.total or rule.veto or rule.exhausted):
        yield Severity.WARNING, "不扣分，只作说明，请确认。"
    if rule.exhausted:
        yield from _of_exhausted(rule, item)


def _of_exhausted(rule: Rule, item: Item) -> Iterator[tuple[Severity, str]]:
    if not rule.extra:
        yield Severity.ERROR, "写了扣满，却没有写明追加扣除多少分，请填写。"
    each = any(other.effect in {Effect.EACH, Effect.FREE} for other in item.rules)
    once = sum(other.points for other in item.rules if other.effect is Effect.ONCE)
    if not each and once < item.points:
        yield Severity.WARNING, "其他条款加起来也扣不满本条分值，这一条不会起作用，请核对。"


def _of_extras(book: Book) -> Iterator[Finding]:
    """An extra beyond all the points of its outermost element takes less than it says."""
    if not _is_tree(book):
        return
    roots, sums = book.outermost(), _sums(book)
    for item in book.items:
        full = sums.get(roots.get(item.element, "")) or 0
        for rule in item.rules:
            if rule.extra > full:
                over = f"追加扣除 {spell(rule.extra)} 分，超过所在类目的 {spell(full)} 分，请核对。"
                text = f"“{_begin(rule.text)}”{over}"
                yield _warning(_where(item), text, item.key)


def _named(element: Element) -> str:
    return f"{element.number} {element.title}".strip() or element.key


def _where(item: Item) -> str:
    return item.number or item.key


def _begin(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"  # noqa: PLR2004  -- enough to find the clause by
