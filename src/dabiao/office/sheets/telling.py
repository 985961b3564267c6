"""What happened to an item, in words, from the journal."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dabiao.base import canonical
from dabiao.base.journal.entries import chain_of
from dabiao.base.models import JournalEntry
from dabiao.kernel.points import spell
from dabiao.look.shapes import Told
from dabiao.office.sheets.rows import STATES
from dabiao.sheets.models import Sheet
from dabiao.standards.rules.rulebook import Line

MOST: Final = 50
PLAIN: Final = {
    "sheets.retract_answer": "收回了答复",
    "sheets.attach_picture": "附上一个影像",
    "sheets.detach_picture": "移除一个影像",
    "sheets.caption_picture": "修改影像说明",
}


def history(sheet: Sheet, line: Line) -> list[Told]:
    """The last entries that name this line, newest first; the chain's index keeps it to this sheet."""
    named = canonical.dumps({"line": line.key})[1:-1]
    rows = JournalEntry.objects.filter(chain=chain_of(sheet), body__contains=named).order_by("-seq")
    return [_told(row, line) for row in rows[:MOST]]


def _told(entry: JournalEntry, line: Line) -> Told:
    body = canonical.loads(entry.body)
    name = entry.act.partition("@")[0]
    words = PLAIN.get(name) or "；".join(_answer(body, line)) or body["sentence"]
    return Told(entry.received_at, body["by"]["name"], words)


def _answer(body: Mapping[str, Any], line: Line) -> Iterator[str]:
    for change in body["changes"]:
        values = change["values"]
        mine = values.get("line", line.key) == line.key  # several lines may have been brought in at once
        if change["table"] == "sheets_answer" and "verdict" in values and mine:
            yield from _values(values, line)


def _values(values: Mapping[str, Any], line: Line) -> Iterator[str]:
    verdict = values["verdict"]
    yield f"判为“{STATES['na' if verdict == 'not_applicable' else verdict][1]}”"
    rules = {rule.key: rule for rule in line.item.rules}
    for used in values.get("deductions", ()):
        rule = rules.get(used["rule"])
        amount = f"扣 {spell(used['points'])} 分" if used.get("points") else f"× {used['count']}"
        yield f"{rule.text if rule else used['rule']} {amount}"
    if words := values.get("words"):
        yield f"写明：{words}"
    if reason := values.get("reason"):
        yield f"理由：{reason}"
