"""The running score for the head of the page."""

from dataclasses import dataclass

from dabiao.sheets.rules.values import FAILED, Running
from dabiao.sheets.rules.wording import level_word, trimmed


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
