"""Whatever is handed in: words, never a traceback, never half a file, never more memory than allowed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dabiao.base.models import JournalEntry
from dabiao.cli.main import main
from dabiao.organisations.models import Unit
from organisations.hostile import Hostile
from organisations.odd_books import FILES
from world import World

MEMORY = 400_000_000  # address space of the reading process
READER = """
import json, pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from dabiao.organisations.tables import headings, opening
from dabiao.organisations.tables.values import FileFault
told = {}
for name in sys.argv[2:]:
    try:
        opened = opening.open_file(pathlib.Path(name))
        told[name] = sum(1 for _ in headings.after(opened, headings.found(opened)))
    except FileFault as fault:
        told[name] = str(fault)
print(json.dumps(told))
"""


@pytest.mark.parametrize("hostile", FILES, ids=lambda each: each.name)
def test_it_is_met_with_words_and_all_or_nothing(hostile: Hostile, world: World, tmp_path: Path) -> None:
    path = tmp_path / f"名册.{hostile.ending}"
    hostile.make(path)
    before = (Unit.objects.count(), JournalEntry.objects.count())
    result = CliRunner().invoke(main, ["units", "import", str(path), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    told = json.loads(result.output)
    if hostile.expected.startswith("rows "):
        count = int(hostile.expected.removeprefix("rows "))
        assert (told["errors"], told["rows"], told["created"]) == ([], count, count)
        assert Unit.objects.count() == before[0] + count
        return
    assert result.exit_code == 1
    assert any(hostile.expected in each["message"] for each in told["errors"]), told["errors"][:3]
    assert (Unit.objects.count(), JournalEntry.objects.count()) == before


def test_there_are_enough_kinds() -> None:
    assert len({each.name for each in FILES}) == len(FILES) >= 60


def test_reading_them_all_stays_within_the_memory_bound(tmp_path: Path) -> None:
    paths = []
    for place, hostile in enumerate(FILES):
        paths.append(tmp_path / f"{place}.{hostile.ending}")
        hostile.make(paths[-1])
    words = [sys.executable, "-c", READER, str(MEMORY), *map(str, paths)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(json.loads(done.stdout)) == len(FILES)
