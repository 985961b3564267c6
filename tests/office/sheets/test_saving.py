"""Saving over HTTP: small JSON back, few queries at any size, errors in words, nothing for strangers."""

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.services import opening
from sheets.filling import book, open_sheet
from world import AT, World

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MOST = 12
CONFORMS = {"verdict": "conforms"}
DEDUCTED = {
    "verdict": "deducted",
    "deductions": [{"rule": "1", "count": 2}, {"rule": "3", "count": 1, "points": "0.5"}],
    "words": "缺少记录\r\n两处",
}


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


def post(client, sheet, line, answer, act="answer"):
    return client.post(
        f"/office/sheets/{sheet.pk}/lines/{line}/{act}/", orjson.dumps(answer), "application/json"
    )


def test_a_save_answers_with_version_row_figures_score_and_time(signed_in, sheet):
    told = post(signed_in("officer"), sheet, "1.2", DEDUCTED).json()
    assert told["version"] == 1
    assert told["elements"] == {"1": {"answered": 1, "lost": "−2.5"}}
    assert "7.5" in told["rows"]["1.2"]
    assert "75.0" in told["score"]
    assert "暂定" in told["score"]
    assert "2 处，扣 2 分" in told["outcome"]
    assert len(told["saved_at"]) == len("14:03")
    assert Answer.objects.get(sheet=sheet).words == "缺少记录\n两处"


@pytest.mark.parametrize("items", [60, 345])
def test_a_save_takes_at_most_twelve_queries_in_a_sheet_of_any_size(world, signed_in, items):
    sheet, client = open_sheet(world, book(items)), signed_in("assessor")
    queries.rulebook(sheet)
    with CaptureQueriesContext(connection) as seen:
        assert post(client, sheet, "1.2", DEDUCTED).status_code == 200
    asked = [each["sql"] for each in seen if not each["sql"].startswith(CONTROL)]
    assert len(asked) <= MOST, asked


@pytest.mark.parametrize("answer", [CONFORMS, DEDUCTED, {"verdict": "not_applicable", "reason": "无此工艺"}])
def test_a_save_answers_with_what_the_page_draws_anew(signed_in, sheet, answer):
    """What is worked out once for storing and for the reply is what anybody works out who opens the sheet."""
    client = signed_in("officer")
    for act, sent in (("answer", answer), ("answer", answer), ("retract", {"version": 1})):
        told = post(client, sheet, "1.2", sent, act).json()
        page = client.get(f"/office/sheets/{sheet.pk}/").content.decode()
        assert told["rows"]["1.2"] in page
        assert told["score"] in page
        assert told["outcome"] in client.get(f"/office/sheets/{sheet.pk}/lines/1.2/").content.decode()


def test_a_save_that_comes_second_shows_both_sides_and_writes_nothing(signed_in, sheet):
    post(signed_in("officer"), sheet, "1.2", CONFORMS)
    refused = post(signed_in("assessor"), sheet, "1.2", DEDUCTED)
    told = refused.json()
    assert refused.status_code == 409
    assert (told["version"], told["own"], told["theirs"]["verdict"]) == (1, False, "conforms")
    for words in ("示例officer", "缺少记录", "保存我的", "采用对方的", "合并两份再改"):
        assert words in told["conflict"]
    assert Answer.objects.get(sheet=sheet).verdict == "conforms"


def test_a_save_whose_reply_was_lost_may_be_sent_again(signed_in, sheet):
    client = signed_in("officer")
    assert post(client, sheet, "1.2", DEDUCTED).json()["version"] == 1
    assert post(client, sheet, "1.2", DEDUCTED).json()["version"] == 1


def test_what_one_typed_over_an_answer_taken_back_meanwhile_is_a_conflict_too(signed_in, sheet):
    officer = signed_in("officer")
    post(officer, sheet, "1.2", CONFORMS)
    post(officer, sheet, "1.2", {"version": 1}, "retract")
    refused = post(signed_in("assessor"), sheet, "1.2", {**DEDUCTED, "version": 1})
    assert (refused.status_code, refused.json()["theirs"], refused.json()["version"]) == (409, None, 0)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "请先选择结论"),
        ({"verdict": "perfect"}, "请先选择结论"),
        ({"verdict": "deducted"}, "没有选用扣分条款"),
        ({"verdict": "deducted", "deductions": [{"rule": "3", "points": "1e99999"}]}, "不是分值"),
        ({"verdict": "deducted", "deductions": [{"rule": "3", "points": "11"}]}, "不超过本项 10 分"),
        ({"verdict": "deducted", "deductions": [{"rule": "1", "count": 10**9}]}, "处数应在"),
        ({"verdict": "deducted", "deductions": [{"rule": "1", "count": "2"}]}, "没有读懂"),
        ({"verdict": "deducted", "deductions": "1"}, "没有读懂"),
        ({"verdict": "conforms", "words": ["x"]}, "没有读懂"),
        ({"verdict": "conforms", "version": "1"}, "没有读懂"),
        ([], "请先选择结论"),
    ],
)
def test_what_cannot_be_read_or_scored_is_refused_in_words(signed_in, sheet, answer, words):
    refused = post(signed_in("officer"), sheet, "1.2", answer)
    assert refused.status_code == 422
    assert words in refused.json()["text"]
    assert not Answer.objects.exists()


def test_a_colleagues_part_and_a_readers_save_are_refused_with_the_reason(world, signed_in, sheet):
    colleague = world.accounts["colleague"].pk
    opening.assign(sheet=sheet, element="1", accounts=[colleague], by=world.actor("officer"), at=AT)
    refused = post(signed_in("assessor"), sheet, "1.2", CONFORMS)
    assert (refused.status_code, "已分派给其他自评员" in refused.json()["text"]) == (403, True)


@pytest.mark.parametrize("who", ["stranger_officer", "stranger_assessor", "reviewer", "organizer"])
def test_other_peoples_sheets_answer_like_sheets_that_do_not_exist(signed_in, sheet, who):
    client = signed_in(who)
    theirs = post(client, sheet, "1.2", CONFORMS)
    sheet.pk += 999
    nowhere = post(client, sheet, "1.2", CONFORMS)
    assert (theirs.status_code, theirs.content) == (nowhere.status_code, nowhere.content)
    assert theirs.status_code == 404


def test_an_item_that_does_not_exist_is_absent(signed_in, sheet):
    assert post(signed_in("officer"), sheet, "9.9", CONFORMS).status_code == 404
