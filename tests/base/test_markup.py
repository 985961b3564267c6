"""A document type is found however it is written; what has none, or is no XML, declares none."""

import io

import pytest

from dabiao.base.files.markup import declares_doctype

DECLARED = '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>'


def _in(encoding: str, before: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{before}{DECLARED}'.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "us-ascii", "windows-1251"])
def test_it_is_found_in_every_encoding(encoding: str) -> None:
    assert declares_doctype(io.BytesIO(_in(encoding)))


@pytest.mark.parametrize("length", [10, 2_048, 100_000])
def test_it_is_found_behind_comments(length: int) -> None:
    assert declares_doctype(io.BytesIO(_in("utf-8", f"<!--{'a' * length}-->")))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a/>",
        b"<a>&lt;!DOCTYPE a&gt;</a>",
        b"<a><![CDATA[<!DOCTYPE a []>]]></a>",
        "<a/>".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a>" + b"x" * 100_000,
    ],
)
def test_what_declares_none_is_let_through(content: bytes) -> None:
    assert not declares_doctype(io.BytesIO(content))


def test_no_more_is_read_than_the_first_element_takes() -> None:
    stream = io.BytesIO(b"<a>" + b" " * 1_000_000)
    assert not declares_doctype(stream)
    assert stream.tell() < 10_000
