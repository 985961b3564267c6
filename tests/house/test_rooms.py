"""What the import contracts cannot see: imports in functions, drawers, signals, writes past the journal."""

import ast
import re

from house.source import ROOT, sources

DRAWERS = {"utils", "helpers", "common", "core", "misc", "util", "helper"}

# Rows of exempt tables may be written directly; everything else goes through base.journal.entries.
WRITES_PAST_THE_JOURNAL = {
    "base/journal/entries.py": "it is the journal's own writer",
    "base/journal/positions.py": "gives positions to entries",
    "base/journal/checkpoints.py": "keeps checkpoints",
    "base/journal/bulk.py": "begins bulk acts",
    "base/journal/filling.py": "the bulk acts' own writer",
    "base/journal/publishing.py": "ends bulk acts",
    "base/journal/undoing.py": "takes back what never became an act",
    "base/outbox.py": "delivery status is exempt",
    "organisations/services/import_jobs.py": "the progress of an import is unwatched",
    "people/services/visits.py": "visits are exempt",
    "people/services/factors.py": "the secret is a row of the sign-in library; taking it away has its entry",
    "field/services/uploads.py": "how far an upload has come is exempt",
    "field/services/watermark.py": "how far a backup has come is exempt",
    "base/serials.py": "counters are exempt",
    "sheets/services/presence.py": "presence is exempt",
    "organisations/services/cards.py": "cards for searching are exempt, and can be made anew",
}
WRITING = {
    "save",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
}


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, "an import in a function hides a cycle: " + ", ".join(hidden)


def test_there_are_no_drawers() -> None:
    found = [each.name for each in sources() if set(each.path.with_suffix("").parts) & DRAWERS]
    assert not found, "name the subject instead: " + ", ".join(found)


def test_no_model_overrides_save_or_delete() -> None:
    overriding = [
        f"{source.name}:{node.name}.{part.name}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}
    ]
    assert not overriding


def test_rows_are_written_through_the_journal() -> None:
    past = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        if source.name not in WRITES_PAST_THE_JOURNAL
        if source.path.parent.name
        not in {"files", "documents"}  # files on disk and printed documents are no rows
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node)
    ]
    assert not past, "write through base.journal.entries: " + ", ".join(past)


def _writes(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    name, spelled = call.func.attr, ast.unparse(call.func)
    if name in WRITING:
        return re.search(r"(book|image|picture|upright|workbook|template|document|cache)\.", spelled) is None
    return name in {"create", "update"} and ".objects" in spelled


def test_the_net_holds() -> None:
    """The same check finds a write that is planted."""
    planted = ast.parse("Unit.objects.filter(pk=1).update(name='x')").body[0]
    assert isinstance(planted, ast.Expr)
    assert isinstance(planted.value, ast.Call)
    assert _writes(planted.value)


def test_time_is_read_at_the_edges_only() -> None:
    """Rules, services, queries and models are told the moment; faces, commands and base read the clock."""
    edges = {"base", "look", "office", "publicsite", "field", "api", "cli", "demo", "config"}
    inside = [source for source in sources() if source.name.split("/")[0] not in edges]
    assert not [source.name for source in inside if re.search(r"clock\.(now|today)\(", source.text)]


def test_nothing_of_this_machine_is_committed() -> None:
    found = [
        f"{path.relative_to(ROOT)}"
        for folder in ("src", "tests", "tools", "bench", "docs", "frontend", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".js", ".html", ".scss", ""} and path.is_file()
        if re.search(r"(?<![\w.])/(?:work|farm|root)/", path.read_text(errors="ignore"))
        if path.name != "test_rooms.py" and "node_modules" not in path.parts
    ]
    assert not found
