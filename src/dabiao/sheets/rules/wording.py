"""The Chinese sentences of an explanation. Points come in thousandths and are written the shortest way."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dabiao.kernel.points import PERCENT, half_up, spell
from dabiao.sheets.rules.values import FAILED, Deduction
from dabiao.standards.rules.book import Effect, Group, Item, Rule
from dabiao.standards.rules.rulebook import Veto

LEVELS: Final = {
    "level_1": "一级",
    "level_2": "二级",
    "level_3": "三级",
    "small_micro": "小微",
    "A": "A级",
    "B": "B级",
    "C": "C级",
    FAILED: "不达标",
}
GROUPS: Final = {Group.BASIC: "基础管理要求", Group.ONSITE: "现场安全技术要求"}
_SHORT: Final = 30  # characters of a requirement that stand for an item without a number
_FINE: Final = Decimal("0.0001")


def level_word(level: str) -> str:
    """A level's identifier as people say it; an unknown one stands for itself."""
    return LEVELS.get(level, level)


def name(item: Item) -> str:
    """How a sentence names an item: by its number, else by how its requirement begins."""
    if item.number:
        return f"{item.number} 项"
    text = item.requirement.strip()
    return f"“{text[:_SHORT]}…”" if len(text) > _SHORT else f"“{text}”"


def percent(rate: Fraction, step: Decimal = _FINE) -> str:
    """A rate in percent, half up at `step`, without idle zeros but for one: 79.99, 80.0."""
    return trimmed(half_up(PERCENT * rate, step))


def trimmed(value: Decimal) -> str:
    """The shortest way to write a number that keeps one decimal: 90.50 -> 90.5, 80.00 -> 80.0."""
    whole, _, rest = f"{value:f}".partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"


def day(iso: str) -> str:
    """2024-07-01 -> 2024年7月1日; what is no ISO day stands for itself."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{read.year}年{read.month}月{read.day}日"


def deduction(item: Item, rule: Rule, used: Deduction) -> str:
    """One sentence for one deduction used: by which phrase, how often, what it takes."""
    return f"按“{rule.text}”，{'，'.join(_effects(item, rule, used))}{_words(used)}"


def _effects(item: Item, rule: Rule, used: Deduction) -> list[str]:
    found = [_own(item, rule, used)]
    if rule.exhausted:  # what follows from it has a sentence of its own, once the item is used up
        return found
    if rule.extra:
        found.append(f"另从所在类目追加扣除 {spell(rule.extra)} 分")
    if rule.total:
        found.append(f"另在总分中倒扣 {spell(rule.total)} 分")
    if rule.veto:
        found.append("属于否决情形")
    return found


def _own(item: Item, rule: Rule, used: Deduction) -> str:
    if rule.effect is Effect.ZERO:
        return f"本项 {spell(item.points)} 分不得分"
    if rule.effect is Effect.EACH:
        return f"{used.count} {rule.unit or '处'}，扣 {spell(rule.points * used.count)} 分"
    if rule.effect is Effect.ONCE:
        return f"扣 {spell(rule.points)} 分"
    if rule.effect is Effect.FREE:
        return f"由评分人员核定扣 {spell(used.points)} 分"
    return "本项不扣分"


def _words(used: Deduction) -> str:
    return f"（{used.words.strip()}）" if used.words.strip() else ""


def capped(item: Item) -> str:
    return f"各条扣分合计超过本项分值，扣完 {spell(item.points)} 分为止"


def exhausted(item: Item, rule: Rule) -> str:
    """The extra (and total) that hang on an item being used up."""
    more = [f"另从所在类目追加扣除 {spell(rule.extra)} 分"] if rule.extra else []
    more += [f"另在总分中倒扣 {spell(rule.total)} 分"] if rule.total else []
    more += ["属于否决情形"] if rule.veto else []
    return f"本项 {spell(item.points)} 分已扣满，按“{rule.text}”，{'，'.join(more) or '不再另扣'}"


def veto(line_name: str, hit: Veto, by_score: str | None) -> str:
    """“按得分为二级，但 6.3 项自2024年7月1日起为达标否决项，本次不予通过”."""
    since = f"自{day(hit.since)}起" if hit.since else ""
    what = f"{line_name}{since}为达标否决项"
    if by_score is None:
        return f"{what}，现不符合要求，本次不予通过"
    return f"按得分为{level_word(by_score)}，但 {what}，本次不予通过"
