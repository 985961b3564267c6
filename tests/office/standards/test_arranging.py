"""Pages that rearrange a draft: each act works from its page, and the sums are said."""

from collections.abc import Callable

from django.test import Client

from dabiao.standards import queries
from dabiao.standards.models import Edition
from standards.desk import Desk

SignedIn = Callable[[str], Client]


def here(edition: Edition) -> str:
    return f"/office/standards/editions/{edition.pk}/"


def keys(edition: Edition) -> list[str]:
    return [each.key for each in queries.book(edition).items]


def test_an_item_is_added_from_its_page_and_the_sums_are_said(desk: Desk, signed_in: SignedIn) -> None:
    edition, client = desk.draft(), signed_in("industry_city")
    page = client.get(here(edition) + "add-item/?element=2").content.decode()
    assert '<option value="2" selected>' in page
    said = {"element": "2", "requirement": "应当公布制度。", "points": "1.5", "method": "不符合的，扣1分。"}
    answer = client.post(here(edition) + "add-item/", said, follow=True)
    assert keys(edition) == ["1.1", "1.2", "2.1", "2.2"]
    assert "“现场管理”现为2项、5.5分（载明4分，不一致），全表4项、11.5分。" in answer.content.decode()


def test_a_form_with_a_fault_keeps_what_was_typed(desk: Desk, signed_in: SignedIn) -> None:
    edition, client = desk.draft(), signed_in("industry_city")
    said = {"element": "2", "requirement": "应当公布制度。", "points": "许多"}
    answer = client.post(here(edition) + "add-item/", said)
    assert answer.status_code == 422
    assert "应当公布制度。" in answer.content.decode()
    assert len(keys(edition)) == 3


def test_an_item_is_moved_merged_and_split_from_its_pages(desk: Desk, signed_in: SignedIn) -> None:
    edition, client = desk.draft(), signed_in("industry_city")
    page = client.get(here(edition) + "items/1.2/move/").content.decode()
    assert '<option value="item:1.1" selected>' in page
    client.post(here(edition) + "items/1.2/move/", {"place": "element:2", "version": "1"})
    assert keys(edition) == ["1.1", "1.2", "2.1"]
    assert queries.book(edition).items[1].element == "2"
    page = client.get(here(edition) + "items/2.1/merge/").content.decode()
    assert '<option value="1.2" selected>' in page
    assert 'value="8"' in page
    client.post(here(edition) + "items/2.1/merge/", {"into": "1.2", "points": "8"})
    assert keys(edition) == ["1.1", "1.2"]
    page = client.get(here(edition) + "items/1.2/split/").content.decode()
    assert "第1.2项应当符合要求。</textarea>" in page
    parts = {"first_requirement": "甲", "first_points": "5", "second_requirement": "乙", "second_points": "3"}
    version = edition.items.get(key="1.2").version
    client.post(here(edition) + "items/1.2/split/", {**parts, "rules": ["3"], "version": version})
    assert [(each.requirement, each.points) for each in queries.book(edition).items[1:]] == [
        ("甲", 5000),
        ("乙", 3000),
    ]


def test_what_was_taken_out_is_put_back_from_the_checking_page(desk: Desk, signed_in: SignedIn) -> None:
    edition, client = desk.draft(), signed_in("industry_city")
    client.post(here(edition) + "items/1.2/drop/", {"reason": "读重了"})
    page = client.get(here(edition) + "check/").content.decode()
    assert "已删去的项目" in page
    assert "读重了" in page
    client.post(here(edition) + "items/1.2/restore/")
    assert keys(edition) == ["1.1", "1.2", "2.1"]
    assert "已删去的项目" not in client.get(here(edition) + "check/").content.decode()


def test_elements_come_and_go_from_their_pages(desk: Desk, signed_in: SignedIn) -> None:
    edition, client = desk.draft(), signed_in("industry_city")
    client.post(here(edition) + "add-element/", {"title": "持续改进", "number": "3", "parent": ""})
    fresh = Edition.objects.get(pk=edition.pk)
    assert [each.title for each in queries.book(fresh).elements] == ["基础管理", "现场管理", "持续改进"]
    told = client.post(here(edition) + "elements/1/drop/", follow=True).content.decode()
    assert "没有删去：要素下面还有 0 个要素、2 项" in told
    client.post(here(edition) + "elements/3/drop/")
    assert len(queries.book(Edition.objects.get(pk=edition.pk)).elements) == 2
