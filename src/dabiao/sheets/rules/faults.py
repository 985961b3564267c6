"""What is wrong with one answer in itself: refused when saving, and looked at again when closing."""

from typing import Final

from dabiao.kernel.points import spell
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Effect, Item, Rule
from dabiao.standards.rules.rulebook import Line

MOST: Final = 9999  # more of one thing than anybody counts on a visit is a slip of the finger


def faults(line: Line, answer: Answer) -> list[str]:
    """Sentences saying what cannot be, beside the line; empty where the answer can be scored as it stands.

    Missing words are no fault here: somebody may still be typing (`closing.gaps` asks for them).
    """
    if answer.verdict is not Verdict.DEDUCTED:
        return ["只有选择“扣分”时才能填写扣分条款，请改选结论或删去扣分"] if answer.deductions else []
    rules = {rule.key: rule for rule in line.item.rules}
    if rules and not answer.deductions:
        return ["选择了“扣分”，但没有选用扣分条款，请选择条款，或改选结论"]
    found = [_fault(line.item, rules.get(used.rule), used) for used in answer.deductions]
    return [text for text in found if text]


def _fault(item: Item, rule: Rule | None, used: Deduction) -> str:
    if rule is None:
        return f"扣分条款“{used.rule}”不在本项的考评办法中，请重新选择"
    if not 1 <= used.count <= MOST:
        return f"“{rule.text}”的处数应在 1 至 {MOST} 之间，现为 {used.count}"
    if rule.effect is not Effect.EACH and used.count != 1:
        return f"“{rule.text}”不按处数扣分，处数应为 1，现为 {used.count}"
    return _amount(item, rule, used)


def _amount(item: Item, rule: Rule, used: Deduction) -> str:
    if rule.effect is not Effect.FREE:
        return f"“{rule.text}”的扣分由标准规定，不能另填分值" if used.points else ""
    if not 0 < used.points <= item.points:
        return (
            f"“{rule.text}”的扣分应大于 0、不超过本项 {spell(item.points)} 分，现为 {spell(used.points)} 分"
        )
    return ""
