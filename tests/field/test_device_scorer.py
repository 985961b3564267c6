"""The device's scorer and digests beside the server's, on sheets drawn by the server's own inventor."""

import json
import subprocess
from dataclasses import asdict

from hypothesis import given, settings

from dabiao.sheets.rules import digests, wording
from dabiao.sheets.rules.digests import Record
from dabiao.sheets.rules.scoring import score
from field.bridge import built, node
from sheets.rules.inventing import filled

SHEETS = 150
FIELDS = ("full", "not_applicable", "applicable", "obtained", "total_deduction", "by_score", "level")
DONE = "2026-03-16T01:02:03.000004Z"


def drawn():
    found = []

    @settings(max_examples=SHEETS, derandomize=True, deadline=None, database=None)
    @given(filled())
    def draw(sheet):
        found.append(sheet)

    draw()
    return found


def sent(rulebook, answers):
    limits = {
        "vetoes": [asdict(each) for each in rulebook.vetoes],
        "areas": rulebook.areas,
        "only": rulebook.only,
    }
    return {
        "book": rulebook.book.plain(),
        "limits": limits,
        "answers": {key: digests.whole(answer) for key, answer in answers.items()},
    }


def shown(value):
    return None if value is None else wording.trimmed(value)


def expected(rulebook, answers):
    result = score(rulebook, answers)
    records = {key: Record(answer, by="示例", done_at=DONE) for key, answer in answers.items()}
    decimals = {name: shown(getattr(result, name)) for name in ("provisional", "score", "p")}
    items = [[key, e.lost, e.extra, e.total, e.applies, list(e.reasons)] for key, e in result.items.items()]
    return {name: getattr(result, name) for name in FIELDS} | {
        **decimals,
        "missing": list(result.missing),
        "vetoes": [veto.key for veto in result.vetoes],
        "reasons": [[each.text, each.clause, each.since] for each in result.reasons],
        "items": items,
        "root": digests.root(digests.elements(rulebook, records)),
    }


def test_device_and_server_say_the_same_of_every_sheet(tmp_path):
    sheets = drawn()
    assert len(sheets) >= SHEETS / 2
    script, told = built(tmp_path, "score"), json.dumps([sent(*each) for each in sheets])
    done = subprocess.run([node(), script], input=told, capture_output=True, text=True, check=True)
    for sheet, found in zip(sheets, json.loads(done.stdout), strict=True):
        assert found == expected(*sheet)
