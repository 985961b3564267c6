"""A sheet in words: the plain JSON both the PDF and the Word template read.

Every string here is data, printed as it stands; no template language sees it as its own.
"""

from typing import Any

from dabiao.kernel.points import rate, spell
from dabiao.sheets.documents.itemwords import deductions, detail, picture_list
from dabiao.sheets.documents.spelling import (
    DASH,
    day,
    exact_percent,
    iso_day,
    moment,
    off,
    percent,
    printable,
    score,
    short,
    span,
)
from dabiao.sheets.documents.values import ElementRow, Outcome, Rectification, SheetDocument, Signature
from dabiao.sheets.rules.values import Reason
from dabiao.sheets.rules.wording import day as iso_words
from dabiao.standards.rules.rulebook import Veto

Plain = dict[str, Any]


def wording(document: SheetDocument) -> Plain:
    """All the words of the document, cleaned for paper (`printable`)."""
    cleaned: Plain = _clean(_words(document))
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _words(document: SheetDocument) -> Plain:
    return {
        "title": document.title,
        "occasion": document.occasion,
        "number": document.number,
        "unit": document.unit.name,
        "digest": document.digest,
        "short": short(document.digest),
        "verification": document.verification,
        "printed": moment(document.printed_at),
        "draft": _draft(document.outcome),
        "cover": _cover(document),
        "facts": _facts(document),
        "people": [[each.name, each.role, each.certificate or DASH] for each in document.people],
        "outcome": _outcome(document.outcome),
        "passages": [{"title": title, "lines": text.splitlines()} for title, text in document.passages],
        "elements": [_element(row) for row in document.elements],
        "sum": _sum(document),
        "grouped": any(row.group for row in document.elements),
        "deductions": deductions(document.items),
        "rectifications": [_rectification(n, each) for n, each in enumerate(document.rectifications, 1)],
        "detail": detail(document.items),
        "pictures": picture_list(document),
        "signatures": [_signature(each) for each in document.signatures],
    }


def _draft(outcome: Outcome) -> str:
    if not outcome.provisional:
        return ""
    waiting = f"尚有 {outcome.missing} 项未评，" if outcome.missing else ""
    return f"未定稿：{waiting}以下得分为暂计，不作为定级依据。"


def _cover(document: SheetDocument) -> list[list[str]]:
    lines = [
        ["企业名称", document.unit.name],
        ["统一社会信用代码", document.unit.uscc or DASH],
        ["评定标准", _edition(document)],
        ["评定类型", document.occasion],
        *([["实施单位", document.body]] if document.body else []),
        ["评定期间", span(document.begun, document.ended)],
    ]
    return lines + [[label, value] for label, value in document.extra_facts.items()]


def _edition(document: SheetDocument) -> str:
    number = document.edition.number
    return f"{document.edition.title}（{number}）" if number else document.edition.title


def _facts(document: SheetDocument) -> list[list[str]]:
    unit, edition = document.unit, document.edition
    heads = DASH if unit.head_count is None else f"{unit.head_count} 人"
    return [
        ["企业名称", unit.name],
        ["统一社会信用代码", unit.uscc or DASH],
        ["地址", unit.address or DASH],
        ["行业", unit.industry or DASH],
        ["主要负责人", unit.principal or DASH],
        ["从业人数", heads],
        ["专项领域", "、".join(unit.areas) or "无"],
        ["评定标准", _edition(document)],
        ["规则册", _rulebook(edition.rulebook, day(edition.day) if edition.day else "")],
    ]


def _rulebook(digest: str, since: str) -> str:
    return "，".join(each for each in (since, f"摘要 {short(digest)}" if digest else "") if each) or DASH


def _outcome(outcome: Outcome) -> Plain:
    return {
        "score": score(outcome.score),
        "label": "暂计得分" if outcome.provisional else "评定得分",
        "level": outcome.level or ("暂不定级" if outcome.provisional else DASH),
        "failed": outcome.failed,
        "lines": [
            ["标准总分", spell(outcome.full)],
            ["不涉及", spell(outcome.not_applicable)],
            ["应得分", spell(outcome.applicable)],
            ["总分倒扣", off(outcome.total_deduction) or "0"],
            ["实得分", spell(outcome.obtained)],
            *[[each.title + "得分率", exact_percent(each.rate)] for each in outcome.groups],
            *([["P 值", format(outcome.p, "f")]] if outcome.p is not None else []),
        ],
        "reasons": [_reason(each) for each in outcome.reasons],
        "vetoes": [_veto(each) for each in outcome.vetoes],
    }


def _reason(reason: Reason) -> Plain:
    return {"text": reason.text, "basis": _basis(reason.clause, reason.since)}


def _veto(veto: Veto) -> Plain:
    return {"text": veto.text, "basis": _basis(veto.clause, veto.since), "source": veto.source}


def _basis(clause: str, since: str) -> str:
    parts = [f"依据：{clause}" if clause else "", f"自{iso_words(since)}起" if since else ""]
    return "；".join(each for each in parts if each)


def _element(row: ElementRow) -> Plain:
    return {
        "title": row.title,
        "group": row.group,
        "cells": [
            str(row.items),
            spell(row.full),
            spell(row.not_applicable),
            spell(row.applicable),
            off(row.extra) or DASH,
            spell(row.obtained),
            percent(row.rate),
        ],
    }


def _sum(document: SheetDocument) -> list[str]:
    rows, outcome = document.elements, document.outcome
    obtained = sum(row.obtained for row in rows)
    return [
        str(sum(row.items for row in rows)),
        spell(outcome.full),
        spell(outcome.not_applicable),
        spell(outcome.applicable),
        off(sum(row.extra for row in rows)) or DASH,
        spell(obtained),
        percent(rate(obtained, outcome.applicable)),
    ]


def _rectification(number: int, line: Rectification) -> list[str]:
    return [
        str(number),
        line.item,
        line.problem,
        line.measure or DASH,
        line.responsible or DASH,
        iso_day(line.due),
        line.state or DASH,
    ]


def _signature(line: Signature) -> Plain:
    return {
        "side": line.side,
        "name": line.name,
        "at": moment(line.at),
        "digest": short(line.digest),
        "drawn": line.image is not None,
    }
