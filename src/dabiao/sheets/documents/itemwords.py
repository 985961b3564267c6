"""Items in words: the full detail, the list of deductions, the list of pictures."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from dabiao.kernel.points import spell
from dabiao.sheets.documents.spelling import DASH, moment, short
from dabiao.sheets.documents.values import DeductionLine, ItemLine, Picture, SheetDocument
from dabiao.sheets.rules.values import Verdict

Plain = dict[str, Any]

VERDICTS: Final = {
    None: "未评",
    Verdict.CONFORMS: "符合",
    Verdict.DEDUCTED: "扣分",
    Verdict.NOT_APPLICABLE: "不涉及",
}
CONDITIONS: Final = VERDICTS | {Verdict.CONFORMS: "没有此情形", Verdict.DEDUCTED: "有此情形"}


def pictures(document: SheetDocument) -> list[tuple[str, Picture]]:
    """Every picture with the number of its item, in the order of the sheet; then what was put right.

    Figure n is at n - 1.
    """
    found = [(item.number, picture) for item in document.items for picture in item.pictures]
    return [*found, *document.evidence]


def picture_list(document: SheetDocument) -> list[Plain]:
    """The pictures in words; the bytes travel apart, under the same order."""
    return [
        {
            "label": f"图 {number}",
            "item": item,
            "caption": picture.caption,
            "taken": moment(picture.taken_at),
            "place": picture.place,
            "digest": short(picture.digest),
        }
        for number, (item, picture) in enumerate(pictures(document), 1)
    ]


def detail(items: Sequence[ItemLine]) -> list[Plain]:
    """All items, in runs of the same element."""
    figures = _figures(items)
    return [
        {"within": within, "title": title, "lines": [_line(item, figures[n]) for n, item in run]}
        for (within, title), run in groupby(enumerate(items), key=lambda pair: _section(pair[1]))
    ]


def _section(item: ItemLine) -> tuple[str, str]:
    return item.within, item.element


def _figures(items: Sequence[ItemLine]) -> list[range]:
    """The numbers of each item's figures."""
    result, after = [], 1
    for item in items:
        result.append(range(after, after + len(item.pictures)))
        after += len(item.pictures)
    return result


def _line(item: ItemLine, figures: range) -> Plain:
    return {
        "number": item.number,
        "requirement": item.requirement,
        "veto": item.veto,
        "points": spell(item.points),
        "obtained": _obtained(item),
        "verdict": (CONDITIONS if item.condition else VERDICTS)[item.verdict],
        "tone": "missing" if item.verdict is None else item.verdict.value,
        "notes": _notes(item, figures),
    }


def _obtained(item: ItemLine) -> str:
    if item.obtained is None or item.verdict is Verdict.NOT_APPLICABLE:
        return DASH
    return spell(item.obtained)


def _notes(item: ItemLine, figures: range) -> list[list[str]]:
    notes = [[_taken(each), _phrase(each)] for each in item.deductions]
    notes += [["追加扣除", f"{spell(item.extra)} 分，从所在类目扣除"]] if item.extra else []
    notes += [["总分倒扣", f"{spell(item.total)} 分"]] if item.total else []
    if item.reason:
        notes.append(["不涉及理由", item.reason])
    if item.words:
        notes.append(["现场情况", item.words])
    if figures:
        notes.append(["影像", "、".join(f"图 {number}" for number in figures)])
    return notes


def _taken(line: DeductionLine) -> str:
    times = f"（共 {line.count} 次）" if line.count > 1 else ""
    return f"扣 {spell(line.points)} 分{times}" if line.points else "不另扣分"


def _phrase(line: DeductionLine) -> str:
    words = f"（{line.words}）" if line.words else ""
    return line.text.rstrip("。；") + words


def deductions(items: Iterable[ItemLine]) -> Plain:
    """One row per item that lost points, with the sums of what was lost, extra and off the total."""
    hit = [item for item in items if item.deductions]
    return {
        "rows": [_deducted(item) for item in hit],
        "sum": [
            spell(sum(map(_lost, hit))),
            _some(sum(item.extra for item in hit)),
            _some(sum(item.total for item in hit)),
        ],
    }


def _lost(item: ItemLine) -> int:
    return 0 if item.obtained is None else item.points - item.obtained


def _deducted(item: ItemLine) -> Plain:
    return {
        "number": item.number,
        "element": item.element,
        "reasons": [f"{_taken(each)}：{_phrase(each)}" for each in item.deductions],
        "lost": spell(_lost(item)),
        "extra": _some(item.extra),
        "total": _some(item.total),
    }


def _some(thousandths: int) -> str:
    return spell(thousandths) if thousandths else DASH
