"""What an answer leads to, and how it is drawn: points, sentences, what is still to be done.

Written here, not in a template: every save is answered with it.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dabiao.kernel.points import spell
from dabiao.look import icons
from dabiao.look.escaping import escape
from dabiao.look.translating import Spoken, spoken
from dabiao.sheets.rules import closing
from dabiao.standards.rules.rulebook import Line

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
        notes = "".join([f"<li>{escape(note)}</li>" for note in self.notes])
        icon = icons.drawn("alert-circle", "")
        lacks = "".join([f"<li>{icon}<span>{escape(text)}</span></li>" for text in self.missing])
        found = f'<p class="outcome-got">{self._got(spoken())}</p>'
        found += f'<ul class="outcome-notes">{notes}</ul>' if notes else ""
        found += f'<ul class="outcome-missing">{lacks}</ul>' if lacks else ""
        return SafeString(found)  # what is not ours is escaped above

    def _got(self, _: Spoken) -> str:
        if self.absent:
            return escape(_("不涉及，不计入应得分"))
        if not self.got:
            return UNANSWERED.format(words=escape(_("还没有作答")))
        if not self.points:
            return escape(_("本项不计分"))
        return GOT.format(words=escape(_("本项得分")), got=self.got, points=self.points)


def outcome(line: Line, judged: closing.Judged) -> Outcome:
    """What the answer leads to, and what keeps this line from being closed."""
    score, missing = judged
    return Outcome(
        absent=score is not None and not score.applies,
        got="" if score is None else spell(score.obtained),
        points=spell(line.item.points) if line.item.points else "",
        notes=score.reasons if score else (),
        missing=(*[gap.text for gap in missing if gap.kind is not closing.Kind.UNANSWERED],),
    )
