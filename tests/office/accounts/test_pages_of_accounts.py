"""Accounts and postings: three administrators, none of whom can do it alone; what ends is felt at once."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from dabiao.base.models import JournalEntry
from dabiao.people.models import Account, Posting
from office.story import Office, entries
from world import PASSWORD

LIST = "/office/accounts/"
NEW = {"login": "new-officer", "name": "示例新人", "password": "Chushi-mima-2026"}
SIGN_IN = "/office/sign-in/"


def account(office: Office, who: str) -> Account:
    return Account.objects.get(pk=office.world.accounts[who].pk)


def opened(office: Office) -> Account:
    office.post("system_admin", f"{LIST}new/", **NEW)
    return Account.objects.get(login="new-officer")


def test_the_system_administrator_opens_accounts_and_gives_no_postings(office: Office) -> None:
    made = opened(office)
    page = office.get("system_admin", f"{LIST}{made.pk}/")
    assert "任职由系统（安全）管理员授予" in page
    assert "停用账号</button>" not in page
    told = {"role": "unit_officer", "uscc": office.world.units["unit"].uscc, "since": "2026-03-02"}
    office.post("system_admin", f"{LIST}{made.pk}/postings/", 403, **told)
    office.post("system_admin", f"{LIST}{made.pk}/lock/", 403, reason="x", version=1)
    assert not Posting.objects.filter(account=made).exists()


def test_the_security_administrator_gives_postings_and_opens_no_accounts(office: Office) -> None:
    office.get("security_admin", f"{LIST}new/", 403)
    made = opened(office)
    url = f"{LIST}{made.pk}/postings/"
    told = {"role": "unit_officer", "uscc": office.world.units["unit"].uscc, "since": "2026-03-02"}
    office.post("security_admin", url, **told)
    office.post(
        "security_admin", url, role="expert", body=office.world.bodies["organizing"].pk, since="2026-03-02"
    )
    assert Posting.objects.filter(account=made).count() == 2
    client = Client()
    client.post(SIGN_IN, {"login": "new-officer", "password": NEW["password"]})
    assert client.get("/office/units/", follow=True).status_code == 200


@pytest.mark.parametrize("who", ["audit_admin", "bureau_city", "officer", "organizer"])
def test_nobody_else_sees_accounts(office: Office, who: str) -> None:
    office.get(who, LIST, 403)
    office.get(who, f"{LIST}{account(office, 'officer').pk}/", 403)
    office.get(who, f"{LIST}new/", 403)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"login": "officer"}, "已被使用"),
        ({"password": "12345678"}, "密码"),
        ({"password": "short"}, "密码"),
        ({"name": ""}, "姓名"),
    ],
)
def test_an_account_is_refused_with_the_reason(office: Office, wrong: dict[str, str], words: str) -> None:
    before = entries()
    assert words in office.post("system_admin", f"{LIST}new/", 422, **{**NEW, **wrong})
    assert entries() == before


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"role": "unit_officer", "uscc": ""}, "请填写企业的统一社会信用代码"),
        ({"role": "unit_officer", "uscc": "91110000MA0000000X"}, "没有代码为"),
        ({"role": "bureau_city"}, "请选择任职的机构"),
        ({"role": "bureau_city", "body": "organizing"}, "只能在市级应急管理局任职"),
        ({"role": "bureau_city", "body": "bureau_east"}, "只能在市级应急管理局任职"),
        ({"role": "audit_admin", "body": "operator", "who": "system_admin"}, "三员分立"),
        ({"role": "expert", "body": "organizing", "who": "expert"}, "已有相同的任职"),
        ({"role": "time", "body": "operator"}, "岗位"),
    ],
)
def test_a_posting_is_refused_with_the_reason(office: Office, told: dict[str, str], words: str) -> None:
    made = account(office, told.pop("who", "reviewer"))
    if "body" in told:
        told["body"] = str(office.world.bodies[told["body"]].pk)
    before = entries()
    page = office.post("security_admin", f"{LIST}{made.pk}/postings/", 422, **told, since="2026-03-02")
    assert words in page
    assert entries() == before


def test_nobody_administers_themselves(office: Office) -> None:
    me = account(office, "security_admin")
    page = office.get("security_admin", f"{LIST}{me.pk}/")
    assert "由另一位管理员办理" in page
    told = {"role": "bureau_city", "body": office.world.bodies["bureau_city"].pk, "since": "2026-03-02"}
    assert "由另一位管理员办理" in office.post("security_admin", f"{LIST}{me.pk}/postings/", 422, **told)
    office.post("security_admin", f"{LIST}{me.pk}/lock/", 422, reason="x", version=1)
    assert account(office, "security_admin").is_active


def test_an_ended_posting_is_felt_by_the_next_request(office: Office) -> None:
    who = account(office, "industry_district")
    office.get("industry_district", "/office/units/")
    posting = Posting.objects.get(account=who)
    url = f"{LIST}{who.pk}/postings/{posting.pk}/end/"
    before = entries()
    assert "不能早于今天" in office.post("security_admin", url, 422, until="2026-02-01")
    assert entries() == before
    office.post("security_admin", url, until="2026-03-02")
    office.get("industry_district", "/office/units/", 403)
    assert "已经终止" in office.post("security_admin", url, 422, until="2026-03-03")
    office.post(
        "security_admin",
        f"{LIST}{account(office, 'officer').pk}/postings/{posting.pk}/end/",
        404,
        until="2026-03-03",
    )


def test_a_posting_ending_later_holds_until_then(office: Office) -> None:
    who = account(office, "industry_district")
    posting = Posting.objects.get(account=who)
    office.post("security_admin", f"{LIST}{who.pk}/postings/{posting.pk}/end/", until="2026-03-05")
    office.stand_at(datetime(2026, 3, 4, 4, tzinfo=UTC))
    office.get("industry_district", "/office/units/")
    office.stand_at(datetime(2026, 3, 5, 4, tzinfo=UTC))
    office.get("industry_district", "/office/units/", 403)


def test_locking_is_felt_by_the_next_request_and_can_be_undone(office: Office) -> None:
    who = account(office, "officer")
    office.get("officer", "/office/")
    url = f"{LIST}{who.pk}/lock/"
    office.post("security_admin", url, 422, reason="", version=who.version)
    office.post("security_admin", url, reason="已离职", version=who.version)
    response = office.as_("officer").get("/office/")
    assert response.status_code == 302
    assert response["Location"].startswith(SIGN_IN)
    assert "已停用" in office.get("security_admin", f"{LIST}?show=locked")
    assert "已离职" in office.get("security_admin", f"{LIST}{who.pk}/")
    office.post("security_admin", f"{LIST}{who.pk}/unlock/", reason="返聘", version=who.version + 1)
    client = Client()
    client.post(SIGN_IN, {"login": "officer", "password": PASSWORD})
    assert client.get("/office/").status_code == 200


def test_the_list_is_filtered_and_exported(office: Office) -> None:
    made = opened(office)
    page = office.get("security_admin", f"{LIST}?show=unposted")
    assert made.login in page
    assert "stranger_officer" not in page
    assert "没有符合条件的账号" in office.get("security_admin", f"{LIST}?q=nobody-at-all")
    assert office.as_("system_admin").get(f"{LIST}export.xlsx").content.startswith(b"PK")


def test_ones_own_password_is_changed_and_other_sessions_end(office: Office) -> None:
    url = f"{LIST}password/"
    elsewhere = office.signed_in("officer")
    new = "Xin-mima-2026-zai"
    before = entries()
    told = {"old": "wrong", "new": new, "again": new}
    assert "当前密码不对" in office.post("officer", url, 422, **told)
    assert "不一样" in office.post("officer", url, 422, **{**told, "old": PASSWORD, "again": "other"})
    same = {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}
    assert "不能与当前密码相同" in office.post("officer", url, 422, **same)
    assert entries() == before
    office.post("officer", url, **{**told, "old": PASSWORD})
    office.get("officer", "/office/")
    assert elsewhere.get("/office/").status_code == 302
    body = JournalEntry.objects.latest("id").body
    assert new not in body
    assert account(office, "officer").password not in body
