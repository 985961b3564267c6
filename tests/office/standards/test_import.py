"""An authority imports a table in the browser: reads what was understood, confirms, publishes."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from dabiao.base.models import StoredFile
from dabiao.standards import queries
from dabiao.standards.models import Edition, Standard
from dabiao.standards.rules.book import Effect, Threshold
from standards.desk import Desk

SignedIn = Callable[[str], Client]
HEAD = ("考评类目", "考评项目", "考评内容", "标准分值", "考评办法", "空项", "实际得分")
ROWS = (
    ("1.基础管理", "1.1制度", "建立安全生产责任制。", 4, "未建立的，不得分；每缺一个岗位扣1分。"),
    ("1.基础管理", "1.2机构", "设置安全管理机构。", 6, "视整改情况酌情扣减。"),
    ("2.现场管理", "2.1用电", "临时用电应当审批。", 10, "未审批的，每处扣2分。"),
)
FIELDS = {
    "number": "SL/T 8—2026",
    "title": "示例评定标准",
    "kind": "local",
    "levels": ["level_2"],
    "label": "2026版",
}
RULE = {"effect": "once", "points": "1.5", "unit": "", "extra": "", "total": ""}


def table(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (("示例企业安全生产标准化评定标准",), HEAD, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("评分表.xlsx", out.getvalue())


@pytest.fixture
def clerk(desk: Desk, signed_in: SignedIn) -> Client:
    return signed_in("industry_city")


def imported(clerk: Client, **fields: object) -> Edition:
    response = clerk.post("/office/standards/import/", {**FIELDS, **fields, "file": table(*ROWS)})
    edition = Edition.objects.get()
    assert response.headers["Location"] == f"/office/standards/editions/{edition.pk}/check/"
    return edition


def rule(number: str, **said: str) -> dict[str, str]:
    return {f"rule-{number}-{name}": value for name, value in (RULE | said).items()}


def test_a_table_is_read_confirmed_row_by_row_and_published(clerk: Client, signed_in: SignedIn) -> None:
    edition = imported(clerk)
    here = f"/office/standards/editions/{edition.pk}/"
    page = clerk.get(f"{here}check/").content.decode()
    assert "视整改情况酌情扣减" in page
    assert "处理完上面各处才能发布" in page
    refused = clerk.post(f"{here}publish/", {"in_force": "2026-03-02"})
    assert refused.status_code == 422
    row = clerk.post(f"{here}phrases/1/", rule("1"), headers={"HX-Request": "true"})
    assert row.status_code == 200
    assert "扣1.5分" in row.content.decode()
    assert 'hx-swap-oob="true"' in row.content.decode()
    scheme = {"kind": "rate", "basis": "示例依据", "level-level_2": "80", "level-level_3": "60"}
    assert clerk.post(f"{here}scheme/", scheme).status_code == 302
    assert clerk.post(f"{here}publish/", {"in_force": "2026-03-02"}).headers["Location"] == here
    book = queries.book(Edition.objects.get())
    assert book.items[1].rules[0].effect is Effect.ONCE
    assert book.scheme.thresholds == (Threshold("level_2", 80_000), Threshold("level_3", 60_000))
    assert "临时用电应当审批" in signed_in("officer").get(here).content.decode()


def test_the_file_is_kept_by_content_and_named(clerk: Client) -> None:
    edition = imported(clerk)
    stored = StoredFile.objects.get()
    assert edition.source["file"] == stored.digest
    assert edition.source["file_name"] == "评分表.xlsx"
    assert stored.kind == "application/x-xlsx"


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(clerk: Client) -> None:
    response = clerk.post(
        "/office/standards/import/", {**FIELDS, "number": "", "label": "旧名", "file": table(*ROWS)}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "表中没有标准编号，请填写" in page
    assert 'value="旧名"' in page
    assert not Standard.objects.exists()


def test_errors_of_the_table_are_shown_with_their_place_and_nothing_is_written(clerk: Client) -> None:
    file = table(*ROWS, ("3.应急", "3.1预案", "编制预案。", "很多", "未编制的，不得分。"))
    response = clerk.post("/office/standards/import/", {**FIELDS, "file": file})
    assert response.status_code == 422
    assert "第6行" in response.content.decode()
    assert not Edition.objects.exists()


def test_what_is_no_table_is_refused_in_words(clerk: Client) -> None:
    file = SimpleUploadedFile("评分表.xlsx", b"not a workbook")
    response = clerk.post("/office/standards/import/", {**FIELDS, "file": file})
    assert response.status_code == 422
    assert not StoredFile.objects.exists()


def test_a_rule_that_takes_too_much_is_said_in_the_row_and_kept(clerk: Client) -> None:
    edition = imported(clerk)
    response = clerk.post(
        f"/office/standards/editions/{edition.pk}/phrases/1/",
        rule("1", points="99"),
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 422
    assert "不能超过本项标准分值6分" in response.content.decode()
    assert 'value="99"' in response.content.decode()


def test_without_script_confirming_goes_back_to_the_row(clerk: Client) -> None:
    edition = imported(clerk)
    response = clerk.post(f"/office/standards/editions/{edition.pk}/phrases/1/", rule("1"))
    assert response.headers["Location"].endswith("/check/#phrase-1")


def test_an_item_is_put_right_with_its_rules(clerk: Client) -> None:
    edition = imported(clerk)
    row = edition.items.get(place=1)
    here = f"/office/standards/editions/{edition.pk}/items/{row.key}/"
    said = {
        "requirement": "建立全员安全生产责任制。", "number": row.number, "points": "5", "method": "",
        "version": "1", "mandatory": "on", "citation": "《安全生产法》第四条", "veto": "veto",
        **rule("1", effect="zero"), **rule("2", effect="each", points="1", unit="岗位"),
        **rule("3", effect="once", points="0.5"), "rule-3-text": "未公示的，扣0.5分",
    }  # fmt: skip
    assert clerk.post(here, said).status_code == 302
    item = queries.book(Edition.objects.get()).items[0]
    assert (item.points, item.mandatory, item.veto) == (5000, True, "veto")
    assert [(each.key, each.points, each.unit) for each in item.rules] == [
        ("1", 0, ""), ("2", 1000, "岗位"), ("3", 500, ""),
    ]  # fmt: skip
    late = clerk.post(here, said | {"citation": "《消防法》"})
    assert late.status_code == 422
    assert "他人修改" in late.content.decode()
    assert "《消防法》" in late.content.decode()


def test_a_draft_can_be_discarded(clerk: Client) -> None:
    edition = imported(clerk)
    clerk.post(f"/office/standards/editions/{edition.pk}/discard/")
    assert Edition.objects.get().state == "discarded"


def odd(head: tuple[object, ...], *rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("评分表.xlsx", out.getvalue())


ODD = ("大方面", "小方面", "考评内容", "值（分）", "考评办法")


def test_a_guess_about_a_column_waits_like_a_phrase_and_keeps_the_draft_unpublished(clerk: Client) -> None:
    clerk.post("/office/standards/import/", {**FIELDS, "file": odd(ODD, *ROWS)})
    edition = Edition.objects.get()
    waiting = [each for each in queries.source(edition).waiting if not each.item]
    assert ["没有见过" in each.text for each in waiting] == [True, True, True]
    page = clerk.get(f"/office/standards/editions/{edition.pk}/check/").content.decode()
    assert "D列“值（分）”没有见过，因为是数字，按标准分值读取，请确认" in page
    scheme = {"kind": "rate", "level-level_2": "80", "basis": "示例依据"}
    clerk.post(f"/office/standards/editions/{edition.pk}/scheme/", scheme)
    for each in queries.source(Edition.objects.get()).waiting:
        answer = clerk.post(f"/office/standards/editions/{edition.pk}/publish/", {"in_force": "2026-06-01"})
        assert answer.status_code == 422
        clerk.post(
            f"/office/standards/editions/{edition.pk}/phrases/{each.id}/",
            rule(each.rule) if each.rule else {},
        )
    clerk.post(f"/office/standards/editions/{edition.pk}/publish/", {"in_force": "2026-06-01"})
    assert Edition.objects.get().state == "published"


def test_a_person_says_what_the_columns_hold(clerk: Client) -> None:
    head, said = ("甲", "乙", "丙", "丁", "戊"), "要素=A、要素=B、考评内容=C，标准分值：D 考评办法=E"
    answer = clerk.post("/office/standards/import/", {**FIELDS, "file": odd(head, *ROWS), "columns": "丁=D"})
    assert "没有看懂“丁=D”" in answer.content.decode()
    told = {**FIELDS, "header_row": "1", "columns": said}
    clerk.post("/office/standards/import/", {**told, "file": odd(head, *ROWS)})
    book = queries.book(Edition.objects.get())
    assert [item.points for item in book.items] == [4000, 6000, 10000]
    assert [each.title for each in book.elements] == ["基础管理", "制度", "机构", "现场管理", "用电"]


def test_errors_are_listed_by_row_beside_the_file(clerk: Client) -> None:
    rows = [(*ROWS[0][:3], "若干", ROWS[0][4]), *ROWS[1:]]
    answer = clerk.post("/office/standards/import/", {**FIELDS, "file": table(*rows)})
    assert answer.status_code == 422
    assert "第3行D列：标准分值“若干”不是最多三位小数的数" in answer.content.decode()
    assert not Edition.objects.exists()
