"""Rows of the list as they are drawn. Written here, not in a template: a page draws hundreds of them, and a
template needs fifteen times as long for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote

from django.utils.safestring import SafeString

from dabiao.look import icons
from dabiao.look.escaping import escape
from dabiao.office.sheets.opened import Given
from dabiao.office.sheets.rows import Row, RowMaker, titles

# tag -> what the row says is lacking
LACKS: Final = (("np", "缺影像"), ("nw", "缺说明"))
MUST: Final = (
    '<svg class="icon mark-must" role="img" aria-label="强制性条款"><use href="{icons}#scale"/></svg>'
)
VETO: Final = (
    '<span class="mark-veto"><svg class="icon" aria-hidden="true"><use href="{icons}#shield-x"/></svg>'
    "否决</span>"
)
PICTURES: Final = (
    '<span class="mark-pics"><svg class="icon" aria-hidden="true"><use href="{icons}#photo"/></svg>{count}'
    '<span class="visually-hidden"> 个影像</span></span>'
)
ROW: Final = (
    '<li class="line" data-k="{key}" data-e="{element}" data-t="{tags}" data-v="{version}">'
    '<a class="item item-{state}" href="?line={line}">'
    '<svg class="icon" aria-hidden="true"><use href="{icons}#{icon}"/></svg>'
    '<span class="item-words"><b>{number}</b>{must} {words}</span>'
    '<span class="item-points"><span class="visually-hidden">{state_words}，</span>{points}</span>'
    '<span class="item-marks">{marks}</span></a></li>'
)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one innermost element, drawn, with its heading."""

    element: str
    title: str
    rows: SafeString


def groups(maker: RowMaker, answers: Mapping[str, Given], pictures: Mapping[str, int]) -> tuple[Group, ...]:
    """All rows, in the order of the rulebook."""
    heads = titles(maker.book)
    rows = (maker.row(each, answers.get(each.key), pictures.get(each.key, 0)) for each in maker.book.lines())
    return tuple(
        Group(element, heads[inner], drawn(found))
        for (element, inner), found in groupby(rows, key=lambda row: (row.element, row.inner))
    )


def drawn(rows: Iterable[Row]) -> SafeString:
    """List entries, one a row; everything that comes from a table or a person is escaped."""
    sprite = escape(icons.sprite())
    return SafeString("".join([_row(row, sprite) for row in rows]))  # _row escapes what is not ours


def _row(row: Row, icons: str) -> str:
    return ROW.format(
        key=escape(row.key),
        element=escape(row.element),
        tags=row.tags,
        version=row.version,
        state=row.state,
        line=quote(row.key),
        icons=icons,
        icon=row.icon,
        number=escape(row.number),
        must=MUST.format(icons=icons) if row.mandatory else "",
        words=escape(row.words),
        state_words=row.state_words,
        points=_points(row),
        marks=_marks(row, icons),
    )


def _points(row: Row) -> str:
    return f'{row.got}<span class="muted">/{row.points}</span>' if row.got else row.points


def _marks(row: Row, icons: str) -> str:
    found = [VETO.format(icons=icons)] if row.veto else []
    found += [PICTURES.format(icons=icons, count=row.pictures)] if row.pictures else []
    found += [f'<span class="mark-lack">{words}</span>' for tag, words in LACKS if tag in row.tags]
    found += ['<span class="mark-copied">沿用待核对</span>'] if row.copied else []
    return "".join(found)
