"""What keeps a sheet from being closed (quality-2015/4): every gap at once, each with the line to jump to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from dabiao.sheets.rules import wording
from dabiao.sheets.rules.faults import faults
from dabiao.sheets.rules.occasions import Evidence, evidence
from dabiao.sheets.rules.sums import score_line
from dabiao.sheets.rules.values import Answer, Answers, ItemScore, Verdict
from dabiao.standards.rules.rulebook import FREE, Line, Rulebook

Pictures = Mapping[str, Sequence[str]]  # line key -> digests of its pictures


class Kind(StrEnum):
    UNANSWERED = "unanswered"
    FAULT = "fault"
    WORDS = "words"
    REASON = "reason"
    PICTURE = "picture"
    NOTHING = "nothing_applies"


@dataclass(frozen=True, slots=True)
class Gap:
    """`line` is the line to jump to (empty: the sheet as a whole); `text` says what to do."""

    line: str
    text: str
    kind: Kind


NOTHING: Final = Gap("", "全部项目都不涉及，不能计算得分，请核对适用的评定标准。", Kind.NOTHING)


def gaps(rulebook: Rulebook, answers: Answers, pictures: Pictures, occasion: str) -> list[Gap]:
    """All gaps in the order of the sheet, elements last; empty where the sheet may be closed."""
    asked = evidence(occasion)
    found = [gap for line in rulebook.by_key.values() for gap in _line(line, answers, pictures, asked)]
    applying = _applying(rulebook, answers)
    if asked.elements:
        found += _elements(rulebook, applying, answers, pictures)
    return found or ([] if applying else [NOTHING])


def of_line(line: Line, answer: Answer | None, pictures: Sequence[str], occasion: str) -> list[Gap]:
    """The gaps of one line alone, for showing beside it while it is being filled."""
    answers = {line.key: answer} if answer else {}
    return list(_line(line, answers, {line.key: pictures}, evidence(occasion)))


class Judged(NamedTuple):
    """What an answer is worth (None while the line is open), and what it lacks."""

    score: ItemScore | None
    gaps: list[Gap]


def judged(
    rulebook: Rulebook, line: Line, answer: Answer | None, pictures: Sequence[str], occasion: str
) -> Judged:
    return Judged(score_line(rulebook, line, answer), of_line(line, answer, pictures, occasion))


def misused(line: Line, answer: Answer) -> list[Gap]:
    """What is wrong with one answer in itself: refused at once when saving."""
    wrong = faults(line, answer)
    return [Gap(line.key, f"{wording.name(line.item)}：{text}。", Kind.FAULT) for text in wrong]


def _line(line: Line, answers: Answers, pictures: Pictures, asked: Evidence) -> Iterator[Gap]:
    key = line.key
    answer = answers.get(key)
    if answer is None:
        if not line.preset:
            yield Gap(key, f"{wording.name(line.item)}还没有作答。", Kind.UNANSWERED)
        return
    if faults(line, answer):
        yield from misused(line, answer)
    if lack := _words(line, answer, asked):
        kind = Kind.REASON if not answer.applies else Kind.WORDS
        yield Gap(key, f"{wording.name(line.item)}{lack}", kind)
    if not pictures.get(key) and (lack := _picture(line, answer, asked)):
        yield Gap(key, f"{wording.name(line.item)}{lack}", Kind.PICTURE)


def _words(line: Line, answer: Answer, asked: Evidence) -> str:
    if not answer.applies:
        return "" if answer.reason.strip() else "选择了“不涉及”，请写明理由。"
    if answer.verdict is Verdict.DEDUCTED and not _explained(answer):
        return "有扣分，请写明发现的问题。"
    if line.vetoes and asked.vetoes and not _said(answer):
        return "是否决项，无论是否符合都要写明核查情况。"
    return f"是{asked.lines}的项目，请写明现在的情况。" if asked.lines and not _said(answer) else ""


def _explained(answer: Answer) -> bool:
    """Words on the answer speak for all of its deductions; else every deduction has its own."""
    own = [bool(each.words.strip()) for each in answer.deductions]
    return bool(answer.words.strip()) or (bool(own) and all(own))


def _said(answer: Answer) -> bool:
    return bool(answer.words.strip()) or any(each.words.strip() for each in answer.deductions)


def _picture(line: Line, answer: Answer, asked: Evidence) -> str:
    """Why a picture is asked for; empty where none is."""
    if not answer.applies:
        return ""
    if line.vetoes and asked.vetoes:
        return "是否决项，请附现场图片或视频。"
    if line.item.picture_always:
        return f"按标准要求应附图片{_which(line)}。"
    if answer.verdict is Verdict.DEDUCTED and line.item.pictures:
        return f"有扣分，按标准要求应附图片{_which(line)}。"
    return f"是{asked.lines}的项目，请附现场图片或视频。" if asked.lines else ""


def _which(line: Line) -> str:
    return f"：{line.item.pictures}" if line.item.pictures else ""


def _elements(
    rulebook: Rulebook, applying: Mapping[str, Sequence[Line]], answers: Answers, pictures: Pictures
) -> Iterator[Gap]:
    """The innermost elements, those that hold items themselves: the strict reading of "every element"."""
    titles = {element.key: f"{element.number}{element.title}" for element in rulebook.book.elements}
    for key, lines in applying.items():
        if not any(_said(answers[line.key]) for line in lines if line.key in answers):
            yield Gap(
                lines[0].key, f"要素“{titles[key]}”还没有文字记录，请在其中至少一项写明情况。", Kind.WORDS
            )
        if not any(pictures.get(line.key) for line in lines):
            text = f"要素“{titles[key]}”还没有图片，请在其中至少一项附图片。"
            yield Gap(lines[0].key, text, Kind.PICTURE)


def _applying(rulebook: Rulebook, answers: Answers) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for key, line in rulebook.by_key.items():
        answer = answers.get(key)
        applies = answer.verdict is not Verdict.NOT_APPLICABLE if answer else not line.preset
        if applies and line.item.element != FREE:
            found.setdefault(line.item.element, []).append(line)
    return found
