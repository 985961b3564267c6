"""From a self-assessment's deductions to what has to be put right, one finding a line."""

from dataclasses import dataclass

from dabiao.sheets.rules.sums import score_lines
from dabiao.sheets.rules.values import Answer, Answers, Verdict
from dabiao.standards.rules.book import Item
from dabiao.standards.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Finding:
    """A line with deductions, in words; `mandatory` where the item rests on mandatory law."""

    line: str
    text: str
    mandatory: bool
    vetoed: bool


def findings(rulebook: Rulebook, answers: Answers) -> tuple[Finding, ...]:
    """All lines with deductions, in the order of the sheet."""
    scores = score_lines(rulebook, answers)
    return tuple(
        Finding(
            line.key, _text(line.item, answers[line.key]), line.item.mandatory, bool(scores[line.key].vetoes)
        )
        for line in rulebook.lines()
        if line.key in answers and answers[line.key].verdict is Verdict.DEDUCTED
    )


def _text(item: Item, answer: Answer) -> str:
    """What was found, with the item it offends against."""
    said = [answer.words.strip(), *(each.words.strip() for each in answer.deductions)]
    *ahead, last = [text for text in said if text] or [item.requirement]
    words = "；".join([*(text.rstrip("。；") for text in ahead), last])
    return f"{item.number} {words}".strip()
