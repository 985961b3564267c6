"""The API tells of a sheet what its pages tell, to the same people, in its own shape."""

import pytest
from django.test import Client
from django.urls import URLPattern, path
from ninja import NinjaAPI

from dabiao.api import urls
from dabiao.api.gates import guarded
from dabiao.base import clock
from dabiao.look.addresses import Policy
from dabiao.sheets import queries
from dabiao.sheets.services import answering
from sheets.filling import CONFORMS, deducted, open_sheet
from world import AT


@pytest.fixture(autouse=True)
def march(settings):
    settings.DABIAO_CLOCK = ""
    settings.DABIAO_CLOCK = f"{(AT - clock.now()).days + 1}d"


@pytest.fixture
def sheet(world):
    sheet = open_sheet(world)
    for line, answer in (("1.2", deducted(2)), ("1.1", CONFORMS)):
        answering.record_answer(
            sheet=sheet.pk, line=line, answer=answer, version=0, by=world.actor("officer"), at=AT
        )
    return sheet


def test_a_sheet_is_told_with_rulebook_answers_totals_and_running_score(signed_in, sheet):
    told = signed_in("officer").get(f"/api/v1/sheets/{sheet.pk}").json()
    assert told["rulebook"]["digest"] == sheet.rulebook.digest
    assert [(each["line"], each["obtained"]) for each in told["answers"]] == [("1.1", "10"), ("1.2", "8")]
    assert told["answers"][1]["deductions"] == [{"rule": "1", "count": 2, "points": "0", "words": ""}]
    assert (told["running"]["score"], told["running"]["provisional"]) == (None, "90.0")
    assert told["elements"][0]["rate"] == "90.0"
    assert told["running"]["lines"] == len(queries.rulebook(sheet).by_key)


@pytest.mark.parametrize("who", ["stranger_officer", "bureau_city", "reviewer", "locality"])
def test_a_sheet_out_of_sight_answers_like_one_that_does_not_exist(signed_in, sheet, who):
    client = signed_in(who)
    theirs, nowhere = client.get(f"/api/v1/sheets/{sheet.pk}"), client.get("/api/v1/sheets/987654321")
    assert (theirs.status_code, theirs.content) == (404, nowhere.content)


def test_strangers_to_the_system_are_asked_to_sign_in(sheet):
    refused = Client().get(f"/api/v1/sheets/{sheet.pk}")
    assert (refused.status_code, refused.json()["text"]) == (401, "请先登录，再调用接口。")


def test_administrators_are_refused_with_the_reason(signed_in, sheet):
    refused = signed_in("system_admin").get(f"/api/v1/sheets/{sheet.pk}")
    assert (refused.status_code, "没有此权限" in refused.json()["text"]) == (403, True)


def test_other_methods_are_not_answered(signed_in, sheet):
    assert signed_in("officer").post(f"/api/v1/sheets/{sheet.pk}").status_code == 405


def test_the_document_names_every_operation_and_whom_it_serves(db):
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert "unit_officer" in told["paths"]["/api/v1/sheets/{sheet}"]["get"]["x-roles"]


def test_every_address_of_the_api_carries_a_policy():
    assert all(isinstance(getattr(each.callback, "policy", None), Policy) for each in urls.urlpatterns)


def test_an_operation_without_a_policy_is_not_built(monkeypatch):
    api = NinjaAPI(urls_namespace="open", docs_url=None, openapi_url=None)
    stray: URLPattern = path("stray", lambda request: None, name="stray")
    monkeypatch.setattr(api, "_get_urls", lambda: [stray])
    with pytest.raises(LookupError, match="with its policy"):
        guarded(api)
