"""Files of units as tests need them: honest ones, and xlsx written part by part where they must be odd."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from dabiao.organisations.rules import codes

HEADS = ("企业名称", "统一社会信用代码", "管辖区", "属地", "行业", "规模", "从业人数")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(number: int) -> str:
    return codes.complete(f"91110000MA{number:07d}")


def row(number: int, **other: str) -> list[str]:
    told = {
        "name": f"示例甲{number}厂",
        "code": code(number),
        "where": "示例东区",
        "street": "示例东街道",
        "industry": "34",
        "size": "小型",
        "people": "12",
    }
    return list({**told, **other}.values())


ROWS = [list(HEADS), row(101), row(102)]


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(_quoted(cell, delimiter) for cell in each) + end for each in rows)


def _quoted(cell: str, delimiter: str) -> str:
    odd = any(char in cell for char in (delimiter, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if odd else cell


def sheet(rows: Iterable[Sequence[object]], *, tail: str = "", attributes: str = "", prefix: str = "") -> str:
    """A worksheet's XML; a cell that begins with < is taken as it stands."""
    body = "".join(
        f'<row r="{place}">'
        + "".join(_cell(place, column, cell) for column, cell in enumerate(each))
        + "</row>"
        for place, each in enumerate(rows, start=1)
    )
    text = f"<sheetData>{body}</sheetData>{tail}"
    return f'<worksheet xmlns="{MAIN}"{attributes}>{text}</worksheet>'


def _cell(place: int, column: int, cell: object) -> str:
    where = f"{CELLS[column]}{place}"
    if isinstance(cell, int | float):
        return f'<c r="{where}"><v>{cell!r}</v></c>'
    text = str(cell)
    if text.startswith("<c"):
        return text.replace("<c", f'<c r="{where}"', 1)
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else ""


def xlsx(
    path: Path,
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    shared: str = "",
    extra: Mapping[str, bytes] | None = None,
    properties: str = "",
) -> Path:
    """A workbook of worksheets given as XML."""
    states = states or {}
    names = [
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="r{place}"'
        + (f' state="{states[name]}"' if name in states else "")
        + "/>"
        for place, name in enumerate(sheets, start=1)
    ]
    links = [
        f'<Relationship Id="r{place}" Type="{REL}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    ]
    if shared:
        links.append(f'<Relationship Id="s" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>')
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{"".join(names)}</sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", book)
        parts.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{''.join(links)}</Relationships>")
        for place, xml in enumerate(sheets.values(), start=1):
            parts.writestr(f"xl/worksheets/sheet{place}.xml", xml)
        if shared:
            parts.writestr("xl/sharedStrings.xml", shared)
        for name, content in (extra or {}).items():
            parts.writestr(name, content)
    return path


def book(path: Path, rows: Iterable[Sequence[object]], **told: object) -> Path:
    return xlsx(path, {"企业": sheet(rows)}, **told)
