"""The journal verified by several processes: sound, changed in each share, with helpers that fail.

    python tests/base/dividing.py

Runs against DABIAO_DATABASE_URL, which must be migrated. Prints what came of each scene as JSON: status, how
many entries, which are named, whether it was walked row by row, how many helpers were asked.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import django

django.setup()

import flushing  # noqa: E402
from base import tiny  # noqa: E402
from dabiao.base.journal import chains, forks, parts, positions, shares, soundness, verify  # noqa: E402
from dabiao.base.models import JournalEntry  # noqa: E402

CHAINS, ROUNDS, PROCESSES = 3, 8, 3
ENTRIES = CHAINS * ROUNDS
WRITE = """import os, django
django.setup()
from base import tiny
tiny.write(tiny.record(str(os.getpid())))"""


def main() -> None:
    fill()
    with mock.patch.multiple(shares, LEAST=1, BESIDES=0):
        found = {"sound": looked(), "writer": with_a_writer()}
        with mock.patch.object(forks, "_version", return_value=0):
            found["writer unseen"] = with_a_writer()
        for name, way in {"died": die, "silent": silence, "nonsense": nonsense}.items():
            with mock.patch.object(soundness, "look_at", way):
                found[name] = looked()
        with mock.patch.object(soundness, "look_at", hang), mock.patch.object(forks, "PATIENCE", 2.0):
            found["hung"] = looked()
        with mock.patch.object(forks, "_version", mock.Mock(side_effect=range(99))):
            found["another view"] = looked()
        flushing.lift()
        found |= changed()
    sys.stdout.write(json.dumps(found) + "\n")


def fill() -> None:
    """Chains interleaved, so that each goes on over both borders; all but three have a position."""
    rows = [tiny.record(str(number)) for number in range(CHAINS)]
    for row in rows:
        tiny.write(row)
    for number in range(1, ROUNDS):
        positions.sequence()
        for row in rows:
            tiny._change(row, tiny.AT.date().replace(day=1 + number))


def looked(processes: int = PROCESSES) -> list[Any]:
    with (
        mock.patch.object(chains, "check", side_effect=chains.check) as walked,
        mock.patch.object(forks.Helper, "ask", autospec=True, side_effect=forks.Helper.ask) as asked,
    ):
        found = verify.verify(processes=processes)
    named = sorted({one.entry or 0 for one in found.findings.listed})
    return [found.status, found.entries, named, walked.called, asked.call_count]


def changed() -> dict[str, list[Any]]:
    """One entry at a time: the first, those on either side of borders, the last; then a border not joined."""
    keys = list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))
    borders = [keys.index(one.first_entry or 0) for one in shares.divided(PROCESSES)[1:]]
    found = {}
    places = (0, *(at + side for at in borders for side in (-1, 0)), len(keys) - 1)
    for number, place in enumerate(places):
        with kept(keys[place]) as entry:
            alter(entry, body=entry.body + " ")
            found[f"body {number}"] = [entry.pk, *looked()]
    with kept(keys[borders[0] - 1]) as entry:
        entry.act = "forged@1"
        alter(entry, act=entry.act, digest=entry.reckon())
        found["border"] = looked()
        with mock.patch.object(parts.Chains, "goes_on", return_value=True):
            found["border cut"] = looked()
    return found


@contextmanager
def kept(key: int) -> Iterator[JournalEntry]:
    """The entry, as it was again afterwards."""
    before = JournalEntry.objects.get(pk=key)
    yield JournalEntry.objects.get(pk=key)
    alter(before, act=before.act, body=before.body, digest=before.digest)


def alter(entry: JournalEntry, **cells: str) -> None:
    JournalEntry.objects.filter(pk=entry.pk).update(**cells)


def with_a_writer() -> list[Any]:
    """Somebody appends an entry when our view has begun, and those of the helpers have not."""
    divided = shares.divided

    def late(count: int) -> list[shares.Share]:
        found = divided(count)
        subprocess.run([sys.executable, "-c", WRITE], check=True)
        return found

    with mock.patch.object(shares, "divided", late):
        return looked()


def die(asked: Any) -> None:
    os._exit(1)


def silence(asked: Any) -> None:
    raise RuntimeError("nothing is said")


def hang(asked: Any) -> None:
    time.sleep(600)


def nonsense(asked: Any) -> Any:
    return [["many", [], {}], None]


if __name__ == "__main__":
    main()
