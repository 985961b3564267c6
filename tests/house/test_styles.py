"""No style and no icon is kept for what no page draws any more."""

import re

import pytest

from house.source import ROOT

STYLES = "frontend/css/**/*.scss"
DRAWN_BY = (
    *("src/dabiao/**/*.html", "src/dabiao/**/*.py"),
    *("frontend/js/**/*.js", "frontend/field/page/**/*.ts", "frontend/entries/**/*"),
)
ICONS = {
    "src/dabiao/look/icons.txt": DRAWN_BY,
    "frontend/field/page/icons.txt": ("frontend/field/page/**/*.ts",),
}
OF_HTMX = {"htmx-indicator", "htmx-request"}  # set by the library itself
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
CLASS = re.compile(r"\.([a-z][a-z0-9-]*[a-z0-9])(?=[\s,:.{\[>+~)]|$)")


BEGUN = re.compile(r"(?<![\w-])([\w-]+-)(?:\$?\{|['\"`])")  # a name that is put together


def test_every_class_is_drawn_somewhere() -> None:
    names = _classes()
    assert len(names) > 300
    assert names - _drawn(_text(*DRAWN_BY), names) == OF_HTMX


def test_a_class_that_nothing_draws_is_found() -> None:
    text = 'class="card step-{{ step.state }}" `says-${kind}`'
    drawn = {"card", "step-done", "says-bad"}
    assert _drawn(text, drawn | {"cards", "card-body", "stepping", "done"}) == drawn


@pytest.mark.parametrize("listed", ICONS)
def test_every_icon_is_drawn_somewhere(listed: str) -> None:
    names = {line for line in _text(listed).splitlines() if line and not line.startswith("#")}
    named = set(re.findall(r"['\"#]([\w-]+)['\"]", _text(*ICONS[listed])))
    assert len(names) > 20
    assert names <= named


def _classes() -> set[str]:
    return set(CLASS.findall(COMMENT.sub("", _text(STYLES))))


def _text(*patterns: str) -> str:
    found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file())
    return "\n".join(path.read_text() for path in found)


def _drawn(text: str, names: set[str]) -> set[str]:
    """Those that stand there whole, or whose beginning up to a dash does."""
    whole, begun = set(re.findall(r"[\w-]+", text)), tuple(set(BEGUN.findall(text)))
    return {name for name in names if name in whole or name.startswith(begun)}
