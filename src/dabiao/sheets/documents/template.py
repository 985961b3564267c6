"""Our Word template, built once in memory: the same sections as `sheet.typ`, with docxtpl's places."""

from functools import cache
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from dabiao.sheets.documents.blocks import (
    BLUE,
    CENTER,
    FANG,
    GREY,
    HEI,
    LEFT,
    RED,
    RIGHT,
    SHADE,
    TINT,
    chinese,
    control,
    line,
    loop,
    page_field,
    row,
    style,
    table,
    write,
)

PAIR: Final = (38, 128)
THREE: Final = (36, 58, 72)
DEDUCTED: Final = (16, 33, 64, 13, 20, 20)
RECTIFIED: Final = (10, 14, 34, 52, 16, 20, 20)
DETAIL: Final = (17, 58, 15, 12, 15, 49)
PICTURES: Final = (55.3, 55.3, 55.3)
SIGNED: Final = (83, 83)


@cache
def template() -> bytes:
    """The .docx that `word.sheet_word` fills."""
    document = docx.Document()
    _page(document)
    _styles(document)
    for part in (
        _cover,
        _facts,
        _verdict,
        _summary,
        _deductions,
        _rectifications,
        _detail,
        _pictures,
        _signed,
    ):
        part(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTER
    write(footer, "{{ number }}　　第 ", size=8, color=GREY)
    page_field(footer, "PAGE")
    write(footer, " 页　共 ", size=8, color=GREY)
    page_field(footer, "NUMPAGES")
    write(footer, " 页　　{{ seal }}", size=8, color=GREY)


def _styles(document: Document) -> None:
    chinese(document)
    style(document, "Normal", FANG, 12).paragraph_format.space_after = Pt(0)
    for name, size in (("Heading 1", 15), ("Heading 2", 12)):
        heading = style(document, name, HEI, size, bold=False)
        heading.font.color.rgb = BLUE
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(18), Pt(8)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""


def _cover(document: Document) -> None:
    line(document, "编号：{{ number }}　　　打印时间：{{ printed }}", size=9, color=GREY)
    _space(document, 76)
    line(document, "{{ title }}", align=CENTER, size=26, bold=True, color=BLUE)
    _space(document, 18)
    line(document, "{{ unit }}", align=CENTER, face=FANG, size=16)
    _space(document, 12)
    line(document, "{{ draft }}", align=CENTER, face=HEI, size=11, color=RED)
    _space(document, 36)
    _pairs(document, "cover", 12)
    _space(document, 20)
    control(document, "{%p if qr %}")
    line(document, "{{ qr }}")
    line(document, "扫码核验：{{ verification }}", size=9, color=GREY)
    line(document, "内容摘要：{{ digest }}", size=8, color=GREY)
    control(document, "{%p endif %}")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _space(document: Document, points: float) -> None:
    document.add_paragraph().paragraph_format.space_before = Pt(points)


def _pairs(document: Document, name: str, size: float = 9.5) -> None:
    made = table(document, PAIR)
    loop(made, f"{{%tr for pair in {name} %}}")
    row(made, PAIR, ("{{ pair[0] }}", "{{ pair[1] }}"), size=size)
    loop(made, "{%tr endfor %}")


def _facts(document: Document) -> None:
    document.add_heading("一、企业与评定基本情况", 1)
    _pairs(document, "facts")
    control(document, "{%p if people %}")
    document.add_heading("评定人员", 2)
    made = table(document, THREE, ("姓名", "职责", "证书或资格"))
    loop(made, "{%tr for each in people %}")
    row(made, THREE, [f"{{{{ each[{n}] }}}}" for n in range(len(THREE))])
    loop(made, "{%tr endfor %}")
    control(document, "{%p endif %}")


def _verdict(document: Document) -> None:
    document.add_heading("二、评定结论", 1)
    for color, test in ((RED, "outcome.failed"), (BLUE, "not outcome.failed")):
        control(document, f"{{%p if {test} %}}")
        words = "{{ outcome.label }}：{{ outcome.score }}　　等级：{{ outcome.level }}"
        line(document, words, face=HEI, size=16, color=color)
        control(document, "{%p endif %}")
    line(document, "{{ draft }}", face=HEI, size=10, color=RED)
    _pairs(document, "outcome.lines")
    _grounds(document, "触发的否决项", "outcome.vetoes")
    _grounds(document, "定级理由", "outcome.reasons")
    _passages(document)


def _passages(document: Document) -> None:
    control(document, "{%p for each in passages %}")
    document.add_heading("{{ each.title }}", 2)
    control(document, "{%p for said in each.lines %}")
    line(document, "{{ said }}", face=FANG, size=12)
    control(document, "{%p endfor %}")
    control(document, "{%p endfor %}")


def _grounds(document: Document, title: str, name: str) -> None:
    control(document, f"{{%p if {name} %}}")
    document.add_heading(title, 2)
    control(document, f"{{%p for each in {name} %}}")
    line(document, "{{ loop.index }}. {{ each.text }}", face=FANG, size=12)
    line(document, "{{ each.basis }}", size=9, color=GREY)
    control(document, "{%p endfor %}")
    control(document, "{%p endif %}")


def _summary(document: Document) -> None:
    document.add_heading("三、各要素得分汇总", 1)
    heads = ("要素", "项数", "标准分", "不涉及", "应得分", "追加扣除", "实得分", "得分率(%)")
    widths = (50, 12, 16, 16, 16, 19, 16, 21)
    align = (LEFT, *(RIGHT,) * 7)
    made = table(document, widths, heads, align)
    cells = [f"{{{{ each.cells[{n}] }}}}" for n in range(7)]
    loop(made, "{%tr for each in elements %}")
    row(
        made,
        widths,
        ("{{ each.title }}{% if each.group %}（{{ each.group }}）{% endif %}", *cells),
        align=align,
    )
    loop(made, "{%tr endfor %}")
    sums = [f"{{{{ sum[{n}] }}}}" for n in range(7)]
    row(made, widths, ("合计", *sums), align=align, bold=True, fill=SHADE)


def _deductions(document: Document) -> None:
    document.add_heading("四、扣分清单", 1)
    control(document, "{%p if not deductions.rows %}")
    line(document, "本次评定没有扣分项。", face=FANG, size=12)
    control(document, "{%p else %}")
    align = (LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT)
    made = table(document, DEDUCTED, ("编号", "所属要素", "扣分事由", "扣分", "追加扣除", "总分倒扣"), align)
    loop(made, "{%tr for each in deductions.rows %}")
    fields = ("number", "element", "said", "lost", "extra", "total")
    row(made, DEDUCTED, [f"{{{{ each.{name} }}}}" for name in fields], align=align)
    loop(made, "{%tr endfor %}")
    sums = [f"{{{{ deductions.sum[{n}] }}}}" for n in range(3)]
    row(made, DEDUCTED, ("合计", "", "", *sums), align=align, bold=True, fill=SHADE)
    control(document, "{%p endif %}")


def _rectifications(document: Document) -> None:
    document.add_heading("五、整改清单", 1)
    control(document, "{%p if not rectifications %}")
    line(document, "本次评定没有列入整改的事项。", face=FANG, size=12)
    control(document, "{%p else %}")
    made = table(document, RECTIFIED, ("序号", "编号", "问题", "整改措施", "责任人", "期限", "状态"))
    loop(made, "{%tr for each in rectifications %}")
    row(made, RECTIFIED, [f"{{{{ each[{n}] }}}}" for n in range(len(RECTIFIED))])
    loop(made, "{%tr endfor %}")
    control(document, "{%p endif %}")


def _detail(document: Document) -> None:
    document.add_heading("六、逐项评分明细", 1)
    note = line(document, "标注“※”的为否决项。“不涉及”的项目不计入应得分。", size=9, color=GREY)
    note.paragraph_format.keep_with_next = True
    align = (LEFT, LEFT, RIGHT, RIGHT, CENTER, LEFT)
    made = table(
        document, DETAIL, ("编号", "考评内容", "标准分", "得分", "评定", "扣分、现场情况与理由"), align
    )
    loop(made, "{%tr for part in detail %}")
    title = row(
        made, DETAIL, ("{{ part.within }}　{{ part.title }}", *("",) * 5), leads=True, bold=True, color=BLUE
    )
    merged = title.cells[0].merge(title.cells[-1])
    for empty in merged.paragraphs[1:]:
        empty._element.getparent().remove(empty._element)
    loop(made, "{%tr for each in part.lines %}")
    number = "{{ each.number }}{% if each.veto %} ※{% endif %}"
    fields = ("requirement", "points", "obtained", "verdict", "said")
    row(made, DETAIL, (number, *(f"{{{{ each.{name} }}}}" for name in fields)), align=align)
    loop(made, "{%tr endfor %}")
    loop(made, "{%tr endfor %}")


def _pictures(document: Document) -> None:
    control(document, "{%p if shelves %}")
    document.add_heading("七、现场影像", 1)
    made = table(document, PICTURES)
    loop(made, "{%tr for shelf in shelves %}")
    row(made, PICTURES, [f"{{{{ shelf[{n}].image }}}}" for n in range(len(PICTURES))], leads=True)
    row(made, PICTURES, [f"{{{{ shelf[{n}].said }}}}" for n in range(len(PICTURES))], fill=TINT)
    loop(made, "{%tr endfor %}")
    control(document, "{%p endif %}")


def _signed(document: Document) -> None:
    document.add_heading("{{ last }}、签字确认", 1)
    line(document, "{{ covered }}", face=FANG, size=12).paragraph_format.keep_with_next = True
    made = table(document, SIGNED)
    loop(made, "{%tr for pair in pairs %}")
    row(made, SIGNED, [f"{{{{ pair[{n}].side }}}}" for n in range(len(SIGNED))], leads=True, bold=True)
    row(made, SIGNED, [f"{{{{ pair[{n}].image }}}}" for n in range(len(SIGNED))], leads=True)
    row(made, SIGNED, [f"{{{{ pair[{n}].said }}}}" for n in range(len(SIGNED))], fill=TINT)
    loop(made, "{%tr endfor %}")
