"""The journal as the audit administrator reads it: filters, one entry in words, the check on request."""

import pytest
from django.db import connection

import flushing
from dabiao.base.models import JournalEntry
from office.story import Office, entries

LIST = "/office/journal/"


def last(act: str) -> JournalEntry:
    return JournalEntry.objects.filter(act__startswith=act).latest("id")


def test_nobody_but_the_audit_administrator_reads_it(office: Office) -> None:
    key = JournalEntry.objects.latest("id").pk
    for who in ("system_admin", "security_admin", "bureau_city", "officer"):
        for url in (LIST, f"{LIST}{key}/", f"{LIST}verify/", f"{LIST}export.xlsx"):
            office.get(who, url, 403)
        office.post(who, f"{LIST}verify/", 403)


def test_entries_are_found_by_chain_person_act_and_day(office: Office) -> None:
    assessment = office.started()
    chain = f"creation_self_assessment:{assessment.pk}"
    for query in (f"chain={chain}", "chain=creation_self_assessment", "who=officer", "act=creation.start"):
        assert "企业安全管理员发起自评" in office.get("audit_admin", f"{LIST}?{query}"), query
    assert "企业安全管理员发起自评" in office.get("audit_admin", f"{LIST}?act=creation&day=2026-03-02")
    for query in ("who=nobody", "act=creation&day=2026-03-03", "chain=people_account:999"):
        assert "没有符合条件的条目" in office.get("audit_admin", f"{LIST}?{query}"), query
    office.get("audit_admin", f"{LIST}?day=nonsense&page=x")


def test_an_entry_says_what_changed_in_words(office: Office) -> None:
    office.signed()
    page = office.get("audit_admin", f"{LIST}{last('creation.sign').pk}/")
    for words in (
        "企业签字形成自评报告",
        "更改自评",
        "结论",
        "总体符合",
        "新增隐患或不符合项",
        "摘要相符",
        "示例officer",
    ):
        assert words in page, words
    office.get("audit_admin", f"{LIST}999999/", 404)


def test_secrets_stay_secret_here_too(office: Office) -> None:
    row = last("people.open_account")
    page = office.get("audit_admin", f"{LIST}{row.pk}/")
    assert "以密钥摘要留存" in page
    assert "md5$" not in page


def test_a_whole_journal_verifies_when_asked(office: Office) -> None:
    office.signed()
    assert "开始核验" in office.get("audit_admin", f"{LIST}verify/")
    page = office.post("audit_admin", f"{LIST}verify/", 200)
    assert "台账完整，没有发现改动" in page
    assert str(entries()) in page


def test_a_changed_entry_is_found_and_shown(office: Office) -> None:
    row = last("people.open_account")
    with flushing.lifted(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE base_journal_entry SET body = replace(body, '开立', '撤销') WHERE id = %s", [row.pk]
        )
    page = office.post("audit_admin", f"{LIST}verify/", 200)
    assert "台账与写入时不符" in page
    assert f"{LIST}{row.pk}/" in page
    assert "内容被改动过" in office.get("audit_admin", f"{LIST}{row.pk}/")


def test_checking_is_limited(office: Office) -> None:
    for _ in range(6):
        office.post("audit_admin", f"{LIST}verify/", 200)
    assert "过几分钟再试" in office.post("audit_admin", f"{LIST}verify/", 429)


@pytest.mark.parametrize("query", ["", "?chain=people_account"])
def test_it_is_exported(office: Office, query: str) -> None:
    assert office.as_("audit_admin").get(f"{LIST}export.xlsx{query}").content.startswith(b"PK")
