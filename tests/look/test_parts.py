"""Every part draws, every icon exists, nothing inline slips past the content security policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from dabiao.kernel.errors import Conflict, Refused, TooMany
from dabiao.look import icons, samples

LOOK = Path(icons.LIST).parent
TEMPLATES = sorted((LOOK / "templates").rglob("*.html"))
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
NAMED_ICON = re.compile(r'{%\s*icon "([^"]+)"')


@pytest.fixture
def style_page() -> str:
    request = RequestFactory().get("/office/style/")
    return render_to_string("look/style.html", samples.everything(), request)


def test_the_style_page_shows_every_part(style_page: str) -> None:
    for name in (
        "step-late",
        "limit-stopped",
        "has-error",
        "drop",
        "basis",
        "sheet-items",
        "empty",
        "shapes",
    ):
        assert name in style_page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_script_or_style_of_its_own(path: Path) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))


def test_what_is_drawn_carries_none_either(style_page: str) -> None:
    assert not INLINE.search(style_page)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_named_is_in_the_sprite(path: Path) -> None:
    assert set(NAMED_ICON.findall(path.read_text(encoding="utf-8"))) <= icons.names()


def test_ids_on_the_style_page_are_unique(style_page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', style_page)
    assert len(ids) == len(set(ids))


def test_a_greyed_button_tells_why(style_page: str) -> None:
    assert 'aria-disabled="true" aria-describedby="why-submit"' in style_page
    assert "还有 3 项没有给出结论" in style_page


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500])
def test_error_pages_draw_without_any_context(code: int) -> None:
    assert str(code) in render_to_string(f"{code}.html")


def test_an_error_page_says_the_words_and_the_clause() -> None:
    page = render_to_string("403.html", {"error": Refused("2 项隐患没有销号。", clause="定级办法第七条")})
    assert "2 项隐患没有销号。" in page
    assert "定级办法第七条" in page


def test_too_many_says_when_to_come_back() -> None:
    assert "60 秒后可以再试" in render_to_string("429.html", {"error": TooMany("请稍候。", retry=60)})


def test_a_refusal_fragment_shows_what_the_other_saved() -> None:
    error = Conflict("他人已改动此项。", theirs={"现场情况": "已清理"})
    assert "已清理" in render_to_string("look/parts/refusal.html", {"error": error})
