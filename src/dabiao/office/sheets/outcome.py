"""What an answer leads to, and how it is drawn: points, sentences, what is still to be done.

Written here, not in a template: every save is answered with it.
"""

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from dabiao.kernel.points import spell
from dabiao.look import icons
from dabiao.look.translating import word as _
from dabiao.sheets.rules import closing, values
from dabiao.sheets.rules.sums import score_line
from dabiao.standards.rules.rulebook import Line, Rulebook

UNANSWERED: Final = '<span class="muted">{words}</span>'
GOT: Final = '{words} <b>{got}</b> <span class="muted">/ {points}</span>'


@dataclass(frozen=True, slots=True)
class Outcome:
    """`got` is empty while unanswered, `points` where there is nothing to get."""

    absent: bool
    got: str
    points: str
    notes: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def drawn(self) -> SafeString:
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        lacks = "".join(
            f"<li>{icons.drawn('alert-circle', '')}<span>{escape(text)}</span></li>" for text in self.missing
        )
        found = f'<p class="outcome-got">{self._got()}</p>'
        found += f'<ul class="outcome-notes">{notes}</ul>' if notes else ""
        found += f'<ul class="outcome-missing">{lacks}</ul>' if lacks else ""
        return mark_safe(found)  # noqa: S308  what is not ours is escaped above

    def _got(self) -> str:
        if self.absent:
            return escape(_("不涉及，不计入应得分"))
        if not self.got:
            return UNANSWERED.format(words=escape(_("还没有作答")))
        if not self.points:
            return escape(_("本项不计分"))
        return GOT.format(words=escape(_("本项得分")), got=self.got, points=self.points)


def outcome(
    book: Rulebook, line: Line, answer: values.Answer | None, pictures: int, occasion: str
) -> Outcome:
    """What the answer leads to, and what keeps this line from being closed."""
    score = score_line(book, line, answer)
    missing = closing.of_line(line, answer, "x" * pictures, occasion)
    return Outcome(
        absent=score is not None and not score.applies,
        got="" if score is None else spell(score.obtained),
        points=spell(line.item.points) if line.item.points else "",
        notes=score.reasons if score else (),
        missing=tuple(gap.text for gap in missing if gap.kind is not closing.Kind.UNANSWERED),
    )
