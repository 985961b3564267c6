"""Published editions for tests: a small one of our own, big enough for every kind of rule."""

from datetime import date
from typing import Any

from dabiao.kernel.points import points
from dabiao.standards.models import Edition
from dabiao.standards.rules.book import (
    Book,
    Effect,
    Element,
    Item,
    Rule,
    Scheme,
    SchemeKind,
    Threshold,
    VetoLevel,
)
from dabiao.standards.rules.checks import Severity, findings
from dabiao.standards.services import drafts, publishing, standards
from world import AT, World

IN_FORCE = date(2026, 1, 5)


def publishable(book: Book) -> bool:
    """Does nothing hold publication up?"""
    return all(each.severity is not Severity.ERROR for each in findings(book))


def small_book() -> Book:
    """Two outermost elements, six items, 100 points."""
    rules = (
        Rule("1", "未建立的，不得分", Effect.ZERO),
        Rule("2", "缺少记录的，每处扣2分", Effect.EACH, points("2"), "处"),
        Rule("3", "扣满10分的，追加扣除5分", Effect.NONE, extra=points("5"), exhausted=True),
    )
    items = [
        _item("1.1.1", "1.1", "10", rules),
        _item("1.1.2", "1.1", "20", (Rule("1", "未落实的，扣5分", Effect.ONCE, points("5")),)),
        _item("1.2.1", "1.2", "20", (Rule("1", "未培训的，每人次扣1分", Effect.EACH, points("1"), "人次"),)),
        _item("2.1.1", "2.1", "20", rules, mandatory=True, citation="《安全生产法》"),
        _item(
            "2.1.2",
            "2.1",
            "20",
            (Rule("1", "※未排查隐患的，不得分", Effect.ZERO, veto=True),),
            veto=VetoLevel.VETO,
        ),
        _item("2.1.3", "2.1", "10", (Rule("1", "不符合的，每处扣1分", Effect.EACH, points("1"), "处"),)),
    ]
    elements = (
        Element("1", "基础管理", "1", points=points("50")),
        Element("1.1", "制度", "1.1", "1"),
        Element("1.2", "培训", "1.2", "1"),
        Element("2", "现场", "2", points=points("50")),
        Element("2.1", "设备", "2.1", "2"),
    )
    thresholds = (Threshold("level_2", points("80")), Threshold("level_3", points("60")))
    scheme = Scheme(SchemeKind.RATE, thresholds, "示例依据")
    return Book("示例评定标准", "SL/T 1", scheme, elements, tuple(items))


def _item(key: str, element: str, worth: str, rules: tuple[Rule, ...], **more: Any) -> Item:
    method = "；".join(rule.text for rule in rules) + "。"
    return Item(key, element, key, f"企业应当做到第{key}项要求。", method, points(worth), rules, **more)


def published(world: World, book: Book | None = None, number: str = "SL/T 1") -> Edition:
    """A standard for every industry, with one published edition in force."""
    owner, by = world.bodies["industry_city"], world.actor("industry_city")
    standard = standards.register(
        number=number,
        title="示例评定标准",
        kind="local",
        owner=owner,
        levels=["level_2", "level_3"],
        general=True,
        by=by,
        at=AT,
    )
    draft = drafts.open_draft(standard=standard, label="2026版", book=book or small_book(), by=by, at=AT)
    return publishing.publish(edition=draft, in_force=IN_FORCE, by=by, at=AT)
