"""意见建议 without account or session: receipt, answer, limits, and a trap for machines."""

import pytest
from django.core.cache import cache
from django.test import Client

from dabiao.base.models import JournalEntry
from dabiao.programme.models import Feedback
from dabiao.programme.services import reply_feedback
from world import AT, World

URL, RECEIPT = "/feedback/", "/receipt/"
SAID = {"topic": "system", "words": "评分表的字能不能再大些", "contact": ""}


@pytest.fixture(autouse=True)
def _fresh(world: World) -> None:
    cache.clear()


def send(client: Client, **more: str):
    return client.post(URL, {**SAID, **more})


def test_what_is_said_is_kept_and_gets_a_receipt(client: Client) -> None:
    response = send(client)
    row = Feedback.objects.get()
    assert response.status_code == 200
    assert row.receipt in response.content.decode()
    assert row.words == SAID["words"]
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_it_is_journaled_as_the_public_without_its_words(signed_in) -> None:
    send(signed_in("officer"))
    row, entry = Feedback.objects.get(), JournalEntry.objects.latest("id")
    assert entry.act == "programme.send_feedback@1"
    assert entry.actor is None
    assert row.words not in entry.body
    assert row.receipt not in entry.body


def test_it_works_without_token_and_script(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"words": " "}, "请填写您的意见"),
        ({"topic": "nonsense"}, "类别"),
        ({"words": "长" * 2001}, "最多 2000 字"),
        ({"contact": "1" * 200}, "联系方式"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: Client, wrong: dict[str, str], words: str
) -> None:
    response = send(client, **wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    if "words" not in wrong:
        assert SAID["words"] in page
    assert not Feedback.objects.exists()


def test_a_machine_that_fills_every_field_is_thanked_and_forgotten(client: Client) -> None:
    response = send(client, homepage="https://example.org/")
    assert response.status_code == 200
    assert not Feedback.objects.exists()


def test_one_address_sends_so_many_and_no_more() -> None:
    for _ in range(5):
        assert send(Client()).status_code == 200
    response = send(Client())
    assert response.status_code == 429
    assert "频繁" in response.content.decode()
    assert "Retry-After" in response
    assert Feedback.objects.count() == 5
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert send(other).status_code == 200


def test_the_answer_is_read_by_receipt_alone(world: World, client: Client) -> None:
    send(client)
    row = Feedback.objects.get()
    page = client.post(RECEIPT, {"receipt": f" {row.receipt.lower()} "}).content.decode()
    assert "正在办理" in page
    reply_feedback(
        feedback=row, reply="已可在右上角调整字号", version=1, by=world.actor("bureau_city"), at=AT
    )
    page = client.post(RECEIPT, {"receipt": row.receipt}).content.decode()
    assert "已可在右上角调整字号" in page
    assert "示例市应急管理局" in page
    assert "示例bureau_city" not in page


def test_a_receipt_that_is_none_says_so_and_guessing_is_slow(client: Client) -> None:
    send(client)
    assert client.get(RECEIPT).status_code == 200
    response = client.post(RECEIPT, {"receipt": "YJ202600001-AAAAAAAA"})
    assert response.status_code == 422
    assert "没有这个回执编号" in response.content.decode()
    for _ in range(29):
        client.post(RECEIPT, {"receipt": "YJ202600001-AAAAAAAA"})
    assert client.post(RECEIPT, {"receipt": Feedback.objects.get().receipt}).status_code == 429
