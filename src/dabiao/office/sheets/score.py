"""The running score for the head of the page, and how it is drawn.

Written here, not in a template: every save is answered with it.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dabiao.look import icons
from dabiao.look.escaping import escape
from dabiao.look.translating import Spoken, spoken
from dabiao.sheets.rules.values import FAILED, Running
from dabiao.sheets.rules.wording import level_word, trimmed

FIGURE: Final = '<span class="score-figure{failed}"><b>{figure}</b> <span class="muted">{unit}</span></span>'
BADGE: Final = ' <span class="badge badge-{kind}">{words}</span>'
ANSWERED: Final = ' <span class="muted small nowrap">{words} {answered}/{lines}</span>'


@dataclass(frozen=True, slots=True)
class Shown:
    """`figure` is a dash where nothing answered applies; `level` is empty while there is none."""

    figure: str
    provisional: bool
    level: str
    failed: bool
    answered: int
    lines: int
    vetoed: int

    @property
    def drawn(self) -> SafeString:
        _ = spoken()
        figure = FIGURE.format(
            failed=" is-failed" if self.failed else "", figure=escape(self.figure), unit=escape(_("分"))
        )
        answered = ANSWERED.format(words=escape(_("已答")), answered=self.answered, lines=self.lines)
        return SafeString(f"{figure}{self._badges(_)}{answered}")  # words escaped here and below

    def _badges(self, _: Spoken) -> str:
        found = ""
        if self.provisional:
            found += BADGE.format(kind="outline", words=escape(_("暂定")))
        elif self.level and not self.vetoed:
            found += BADGE.format(kind="veto" if self.failed else "good", words=escape(self.level))
        if self.vetoed:
            told = _("触及否决 %(count)s 项") % {"count": self.vetoed}
            words = f"{icons.drawn('shield-x', '')}{escape(told)}"
            found += BADGE.format(kind="veto", words=words)
        return found


def shown(running: Running) -> Shown:
    final = running.score
    figure = running.provisional if final is None else final
    return Shown(
        figure="—" if figure is None else trimmed(figure),
        provisional=final is None,
        level=level_word(running.level) if running.level else "",
        failed=running.level == FAILED,
        answered=running.answered,
        lines=running.lines,
        vetoed=running.vetoed,
    )
