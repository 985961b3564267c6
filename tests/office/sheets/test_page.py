"""Opening a sheet: lean whatever its size, the item as a fragment, colleagues' changes through the pulse."""

import gzip

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls import calls
from dabiao.sheets import queries
from dabiao.sheets.models import Presence, Sheet
from dabiao.sheets.services import answering, closing, opening
from sheets.filling import ABSENT, CONFORMS, book, deducted, open_sheet
from world import AT, World

KB = 1024
MOST_BYTES = 80 * KB
MOST_ASKED = 15
MOST_CALLS = 150_000
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


def save(world, sheet, line, answer, who="officer"):
    answering.record_answer(sheet=sheet.pk, line=line, answer=answer, version=0, by=world.actor(who), at=AT)


def fill(world, sheet):
    for line in queries.rulebook(sheet).lines():
        save(world, sheet, line.key, CONFORMS if line.outermost else ABSENT)


def asked(client, url):
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return response, [each["sql"] for each in seen if not each["sql"].startswith(CONTROL)]


def test_opening_takes_the_same_queries_for_60_and_345_items_and_little_to_send(world, signed_in):
    counts, client = set(), signed_in("officer")
    for items in (60, 345):
        sheet = open_sheet(world, book(items))
        for line in queries.rulebook(sheet).lines()[:20]:
            save(world, sheet, line.key, deducted() if line.key.endswith(".2") else CONFORMS)
        client.get(f"/office/sheets/{sheet.pk}/")
        response, sql = asked(client, f"/office/sheets/{sheet.pk}/")
        counts.add(len(sql))
    assert len(counts) == 1, counts
    assert counts.pop() <= MOST_ASKED
    assert len(gzip.compress(response.content, 6)) < MOST_BYTES


def test_opening_345_items_takes_little_work(world, signed_in):
    """Some 40 ms where nothing else runs; a rulebook read anew for every line would be ten times that."""
    sheet, client = open_sheet(world, book(345)), signed_in("officer")
    client.get(f"/office/sheets/{sheet.pk}/")
    assert calls(lambda: client.get(f"/office/sheets/{sheet.pk}/")) < MOST_CALLS


def test_the_page_begins_with_the_first_item_of_mine_without_an_answer(world, signed_in, sheet):
    colleague = world.accounts["colleague"].pk
    opening.assign(sheet=sheet, element="1", accounts=[colleague], by=world.actor("officer"), at=AT)
    page = signed_in("assessor").get(f"/office/sheets/{sheet.pk}/").content.decode()
    assert 'data-line="2.1"' in page
    assert (
        'data-line="1.4"'
        in signed_in("assessor").get(f"/office/sheets/{sheet.pk}/?line=1.4").content.decode()
    )


def test_an_item_is_read_only_with_the_reason_where_it_is_a_colleagues(world, signed_in, sheet):
    colleague = world.accounts["colleague"].pk
    opening.assign(sheet=sheet, element="1", accounts=[colleague], by=world.actor("officer"), at=AT)
    shown = signed_in("assessor").get(f"/office/sheets/{sheet.pk}/lines/1.2/").content.decode()
    assert "已分派给其他自评员" in shown
    assert "data-answer>" not in shown.replace(" ", "")
    assert (
        'name="verdict"'
        in signed_in("colleague").get(f"/office/sheets/{sheet.pk}/lines/1.2/").content.decode()
    )


def test_the_history_of_an_item_is_told_in_words(world, signed_in, sheet):
    save(world, sheet, "1.2", deducted(2))
    save(world, sheet, "1.3", CONFORMS)
    told = signed_in("officer").get(f"/office/sheets/{sheet.pk}/lines/1.2/history/").content.decode()
    assert "判为“扣分”；记录缺失的，每处扣1分 × 2；写明：缺少三月的检查记录" in told
    assert told.count("判为") == 1


def pulse(client, sheet, since, line="1.1"):
    return client.post(f"/office/sheets/{sheet.pk}/pulse/", {"since": since, "line": line}).json()


def test_the_pulse_tells_who_is_here_and_what_colleagues_changed_since(world, signed_in, sheet):
    officer, assessor = signed_in("officer"), signed_in("assessor")
    begun = pulse(officer, sheet, 0)["seq"]
    pulse(assessor, sheet, begun, "1.3")
    save(world, sheet, "1.3", deducted(1), who="assessor")
    told = pulse(officer, sheet, begun)
    assert told["present"] == [{"name": "示例assessor", "line": "1.3", "element": "1"}]
    assert (set(told["rows"]), told["versions"], told["by"]) == ({"1.3"}, {"1.3": 1}, {"1.3": "示例assessor"})
    assert told["elements"] == {"1": {"answered": 1, "lost": "−1"}}
    assert "rows" not in pulse(officer, sheet, told["seq"])


def test_the_pulse_tells_of_an_answer_taken_back(world, signed_in, sheet):
    save(world, sheet, "1.3", CONFORMS)
    client = signed_in("officer")
    since = pulse(client, sheet, 0)["seq"]
    answering.retract_answer(sheet=sheet.pk, line="1.3", version=1, by=world.actor("assessor"), at=AT)
    assert pulse(client, sheet, since)["versions"] == {"1.3": 0}


def test_a_change_of_parts_asks_for_the_page_afresh(world, signed_in, sheet):
    client = signed_in("assessor")
    since = pulse(client, sheet, 0)["seq"]
    opening.assign(
        sheet=sheet,
        element="1",
        accounts=[world.accounts["colleague"].pk],
        by=world.actor("officer"),
        at=AT,
    )
    assert pulse(client, sheet, since)["afresh"] is True


def test_a_reader_leaves_no_presence(signed_in, sheet):
    assert pulse(signed_in("principal"), sheet, 0)["present"] == []
    assert not Presence.objects.exists()


def test_what_is_missing_is_listed_with_a_way_to_it(world, signed_in, sheet):
    save(world, sheet, "1.2", deducted(words=""))
    shown = signed_in("officer").get(f"/office/sheets/{sheet.pk}/missing/").content.decode()
    assert 'data-jump="1.1"' in shown
    assert "1.2 项有扣分，请写明发现的问题" in shown


def test_the_lead_gives_parts_away_and_nobody_else_does(world, signed_in, sheet):
    url, wanted = f"/office/sheets/{sheet.pk}/team/assign/", {"part-1": [world.accounts["colleague"].pk]}
    assert signed_in("assessor").post(url, wanted).status_code == 403
    assert signed_in("officer").post(url, wanted).status_code == 302
    shown = signed_in("assessor").get(f"/office/sheets/{sheet.pk}/team/").content.decode()
    assert "checked disabled" in " ".join(shown.split())


def test_a_closed_sheet_explains_its_result_and_can_be_gone_through(world, signed_in, sheet):
    fill(world, sheet)
    closing.close_sheet(sheet=sheet.pk, by=world.actor("officer"), at=AT, side="unit")
    digest = Sheet.objects.get(pk=sheet.pk).digest
    for who in ("officer", "principal", "industry_district", "bureau_city"):
        shown = signed_in(who).get(f"/office/sheets/{sheet.pk}/").content.decode()
        assert digest in shown
        assert "100.0" in shown
    items = signed_in("locality").get(f"/office/sheets/{sheet.pk}/?view=items").content.decode()
    assert "已签字关闭" in items
    assert 'name="verdict"' not in items


@pytest.mark.parametrize(
    "path", ["", "lines/1.1/", "lines/1.1/history/", "missing/", "score/", "team/", "sheet.pdf"]
)
@pytest.mark.parametrize("who", ["stranger_officer", "other_industry_district", "bureau_city", "reviewer"])
def test_an_open_sheet_is_nowhere_for_others(signed_in, sheet, who, path):
    assert signed_in(who).get(f"/office/sheets/{sheet.pk}/{path}").status_code == 404


def test_answers_taken_over_are_confirmed_one_by_one(world, signed_in, sheet):
    response = signed_in("officer").post(
        f"/office/sheets/{sheet.pk}/confirm/", orjson.dumps({"lines": ["1.1"]}), "application/json"
    )
    assert response.json() == {"confirmed": 0}
