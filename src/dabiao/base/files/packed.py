"""The zip around a workbook, for all who read tables from outside: its limits, its parts, its sheets.

What is said to the person who sent it differs from table to table: here are facts, and `Unfit` with the words
that all of them share.
"""

import io
import posixpath
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

from dabiao.base.files.markup import declares_doctype

BOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
MOST_SMALL: Final = 8_000_000  # of the parts held whole


class Unfit(Exception):
    """A part that nobody should take apart; the text says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet as the workbook names it, and where in the zip it lies."""

    name: str
    path: str
    visible: bool


def unpacks_past(parts: Sequence[zipfile.ZipInfo], *, most: int, size: int) -> bool:
    """More parts, or more bytes unpacked, than anybody's table has."""
    return len(parts) > most or sum(part.file_size for part in parts) > size


def locked(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Behind a password."""
    return any(part.flag_bits & 1 for part in parts)


def sheets(archive: zipfile.ZipFile) -> list[Part]:
    """In the order of the workbook, hidden ones too; `path` is empty where nothing leads to one."""
    targets = {each.get("Id", ""): where(each.get("Target", "")) for each in relations(archive)}
    return [
        Part(
            each.get("name", ""), targets.get(_relation(each), ""), each.get("state", "visible") == "visible"
        )
        for each in tree(archive, BOOK).iter()
        if local(each.tag) == "sheet"
    ]


def relations(archive: zipfile.ZipFile) -> list[ET.Element]:
    return [each for each in tree(archive, RELATIONS).iter() if local(each.tag) == "Relationship"]


def where(target: str) -> str:
    """The path in the zip that a relation of the workbook leads to."""
    return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")


def tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A small part as a tree; an empty one where there is none. Unfit where it declares entities."""
    if name not in archive.namelist():
        return ET.Element("empty")
    with archive.open(name) as part:
        text = small(part)
    if declares_doctype(io.BytesIO(text)):
        raise Unfit("含有自定义实体")
    return ET.fromstring(text)  # noqa: S314  what declares a DOCTYPE was refused above


def small(part: IO[bytes]) -> bytes:
    text = part.read(MOST_SMALL + 1)
    if len(text) > MOST_SMALL:
        raise Unfit("目录过大")
    return text


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _relation(sheet: ET.Element) -> str:
    return next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
