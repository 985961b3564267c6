"""A sheet to fill: an invented edition of any size, published and opened through services."""

from dabiao.kernel.points import points
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import opening
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule, Scheme, Threshold
from dabiao.standards.services import drafts, publishing, rulebooks, standards
from world import AT, DAY, World

SCHEME = Scheme(thresholds=(Threshold("level_2", 80_000), Threshold("level_3", 60_000)), confirmed=True)
CONFORMS = Answer(Verdict.CONFORMS)
ABSENT = Answer(Verdict.NOT_APPLICABLE, reason="本单位没有这类设备")
PER_ELEMENT = 10
RULES = (
    Rule("1", "记录缺失的，每处扣1分", Effect.EACH, points("1"), unit="处"),
    Rule("2", "未建立制度的，不得分，并追加扣除5分", Effect.ZERO, extra=points("5")),
    Rule("3", "记录与现场不符的，酌情扣分", Effect.FREE),
)


def deducted(count: int = 1, words: str = "缺少三月的检查记录") -> Answer:
    return Answer(Verdict.DEDUCTED, (Deduction("1", count),), words)


def book(items: int = 12, **first: object) -> Book:
    """So many items of 10 points, ten an element; `first` changes the first item."""
    elements = tuple(
        Element(f"{n + 1}", f"示例要素{n + 1}", f"{n + 1}") for n in range((items - 1) // PER_ELEMENT + 1)
    )
    made = [_item(n, **(first if n == 0 else {})) for n in range(items)]
    return Book("示例评定标准", f"示例—{items}", SCHEME, elements, tuple(made))


def _item(n: int, **more: object) -> Item:
    element, number = n // PER_ELEMENT + 1, n % PER_ELEMENT + 1
    plain: dict[str, object] = {
        "key": f"{element}.{number}",
        "element": f"{element}",
        "number": f"{element}.{number}",
        "requirement": f"按规定做好第 {n + 1} 项工作，留存完整记录，现场与记录相符，人员熟悉本岗位要求。",
        "method": "；".join(rule.text for rule in RULES),
        "points": points("10"),
        "rules": RULES,
        "check": "查记录，查现场，问人员。",
    }
    return Item(**{**plain, **more})


def open_sheet(world: World, content: Book | None = None, occasion: str = Occasion.SELF_ASSESSMENT) -> Sheet:
    """Led by the officer, written by the assessor and the colleague too; no free conditions."""
    keeper = world.actor("industry_city")
    content = content or book()
    standard = standards.register(
        number=content.number,
        title=content.title,
        kind="table",
        owner=world.bodies["industry_city"],
        levels=["level_3"],
        by=keeper,
        at=AT,
    )
    draft = drafts.open_draft(standard=standard, label="2026版", book=content, by=keeper, at=AT)
    edition = publishing.publish(edition=draft, in_force=DAY, by=keeper, at=AT)
    officer = world.actor("officer")
    rulebook = rulebooks.open(edition=edition, day=DAY, areas=None, level="level_3", by=officer, at=AT)
    return opening.open_sheet(
        occasion=occasion,
        unit=world.units["unit"],
        rulebook=rulebook,
        lead=world.accounts["officer"],
        writers=[world.accounts["assessor"], world.accounts["colleague"]],
        by=officer,
        at=AT,
    )
