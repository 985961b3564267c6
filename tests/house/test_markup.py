"""Markup put together in Python stands in few places, each of which escapes what is not ours.

The linter looks for `mark_safe` alone; `SafeString` does the same without its wrapper.
"""

import ast
from collections.abc import Iterator

from house.source import sources

SAFE = {"SafeString", "SafeText", "mark_safe"}
# Each is tried with words that are markup: look/test_{fields,tables}, office/sheets/test_drawn.
PUT_TOGETHER = {
    *("look/fields.py", "look/tables.py", "office/sheets/drawn.py"),
    *("office/sheets/outcome.py", "office/sheets/score.py"),
}
OURS_ALONE = {"look/translating.py"}  # words of our own templates, escaped where they are drawn


def test_markup_is_called_safe_in_few_places_alone() -> None:
    assert {each.name for each in sources() if any(_calls(each.tree))} == PUT_TOGETHER | OURS_ALONE


def test_each_of_them_escapes() -> None:
    escaping = {each.name for each in sources() if "escape" in each.text}
    assert escaping >= PUT_TOGETHER


def test_a_call_is_found_however_it_is_spelled() -> None:
    for text in ("mark_safe(x)", "safestring.SafeString(x)", "SafeText(x)"):
        assert list(_calls(ast.parse(text))), text
    assert not list(_calls(ast.parse("def made() -> SafeString: return escape(x)")))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SAFE:
                yield node
