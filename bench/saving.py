"""Saving one answer, by the service and through HTTP, in sheets of three sizes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from django.urls import reverse

from bench import clocking, visitor
from bench.bare import WORDS, Bare
from bench.city import SIZES, City
from bench.rows import Aim, Row
from dabiao.base.journal.entries import chain_of
from dabiao.base.models import JournalEntry
from dabiao.sheets import queries
from dabiao.sheets.models import Answer as AnswerRow
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import answering
from world import AT

ONE = Aim(ratio=3, ms=25)


def rows(city: City, times: int) -> Iterator[Row]:
    client = visitor.signed_in(city)
    session, called = visitor.session(client), visitor.Called(client)
    for size in SIZES:
        pen = Pen(city.sheets[size], city)
        bare = floor_of(city, pen)
        timing, floor = clocking.by_turns(pen.serve, bare_save(bare, pen), times)
        yield Row(f"save one answer, {size} items, service", timing, floor, Aim(ratio=3))
        ask = posting(pen, called.post)
        timing, floor = clocking.by_turns(ask, bare_save(bare, pen, session), times)
        yield Row(f"save one answer, {size} items, HTTP, called in process", timing, floor, ONE)


@dataclass(slots=True)
class Pen:
    """Fills one sheet round and round: first every line once, then again with another count."""

    sheet: Sheet
    city: City
    versions: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    lines: Iterator[str] = field(init=False)
    bare_lines: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        keys = [line.key for line in queries.rulebook(self.sheet).lines() if line.item.rules]
        self.lines, self.bare_lines = cycle(keys), cycle(keys)
        answers = AnswerRow.objects.filter(sheet=self.sheet)
        self.versions.update(answers.values_list("line", "version"))

    def count(self) -> int:
        self.turn += 1
        return self.turn % 900 + 1

    def serve(self) -> None:
        line = next(self.lines)
        saved = answering.record_answer(
            sheet=self.sheet.pk,
            line=line,
            answer=Answer(Verdict.DEDUCTED, (Deduction("1", self.count()),), WORDS),
            version=self.versions.get(line, 0),
            by=self.city.officer,
            at=AT,
        )
        assert saved.answer is not None
        self.versions[line] = saved.answer.version


Post = Callable[[str, dict[str, Any]], dict[str, Any]]


def posting(pen: Pen, post: Post) -> Callable[[], None]:
    """One save as the page's script sends it; the page has the addresses of its lines."""
    keys = [line.key for line in queries.rulebook(pen.sheet).lines()]
    urls = {key: reverse("office:sheet_answer", args=[pen.sheet.pk, key]) for key in keys}

    def ask() -> None:
        line = next(pen.lines)
        body = {
            "verdict": "deducted",
            "deductions": [{"rule": "1", "count": pen.count()}],
            "words": WORDS,
            "version": pen.versions.get(line, 0),
        }
        told = post(urls[line], body)
        pen.versions[line] = told["version"]

    return ask


def bare_save(bare: Bare, pen: Pen, session: str = "") -> Callable[[], None]:
    """With a session, what a request reads comes on top."""

    def save() -> None:
        if session:
            bare.know(session)
        bare.save(pen.sheet.pk, next(pen.bare_lines))

    return save


def floor_of(city: City, pen: Pen) -> Bare:
    """After one save of the product, whose entry shows how many bytes there are to write."""
    pen.serve()
    entry = JournalEntry.objects.filter(chain=chain_of(pen.sheet)).latest("seq")
    return Bare(city.floor, city.officer.account or 0, entry.body)
