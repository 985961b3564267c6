"""The overlay of vetoes moves with dates, basis and source; every rulebook carries the set of its day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dabiao.kernel.errors import Conflict, Invalid, OutOfTurn, Refused
from dabiao.standards import queries
from dabiao.standards.models import Edition, Rulebook, VetoOverlay
from dabiao.standards.services import rulebooks, vetoes
from dabiao.standards.services.vetoes import Wording
from standards.desk import Desk
from standards.telling import acts, everything, news, refused
from world import AT, DAY

NEXT = DAY + timedelta(days=10)
LATER = DAY + timedelta(days=20)
WORDING = Wording("未按新规定配备专职安全管理人员的", NEXT, "《示例条例》第十条", "new_law_with_penalties")


def add(desk: Desk, edition: Edition | None, wording: Wording = WORDING, item: str = "1.2") -> VetoOverlay:
    return vetoes.add(
        department=desk.owner, edition=edition, item=item, wording=wording, by=desk.actor, at=AT
    )


def opened(desk: Desk, edition: Edition, day: date) -> Rulebook:
    return rulebooks.open(
        edition=edition, day=day, areas=("confined_space",), level="level_2", by=desk.actor, at=AT
    )


def overlaid(desk: Desk, edition: Edition, day: date) -> list[str]:
    content = queries.rulebook_content(opened(desk, edition, day).digest)
    return [veto.text for veto in content.vetoes if veto.key.startswith("veto:")]


@pytest.mark.obligation("U2-dynamic-veto")
def test_a_veto_is_added_changed_and_lifted_and_each_rulebook_uses_the_set_of_its_day(
    desk: Desk, edition: Edition
) -> None:
    first = add(desk, edition)
    changed = replace(WORDING, text="未配备专职安全管理人员的", since=LATER, source="key_work")
    second = vetoes.change(veto=first, wording=changed, version=1, by=desk.actor, at=AT + timedelta(days=12))
    end = LATER + timedelta(days=5)
    vetoes.lift(
        veto=second,
        until=end,
        reason="条例修改",
        at_once=False,
        version=1,
        by=desk.actor,
        at=AT + timedelta(days=21),
    )
    assert overlaid(desk, edition, DAY) == []
    assert overlaid(desk, edition, NEXT) == [WORDING.text]
    assert overlaid(desk, edition, LATER) == ["未配备专职安全管理人员的"]
    assert overlaid(desk, edition, end) == []
    assert second.replaces == first
    assert [each for each in acts() if "veto" in each] == [
        "standards.add_veto", "standards.change_veto", "standards.lift_veto",
    ]  # fmt: skip
    assert news().count("VetoChanged") == 3


def test_the_veto_in_a_rulebook_names_item_day_basis_and_source(desk: Desk, edition: Edition) -> None:
    add(desk, edition)
    [veto] = [
        each
        for each in queries.rulebook_content(opened(desk, edition, NEXT).digest).line("1.2").vetoes
        if each.key.startswith("veto:")
    ]
    assert (veto.item, veto.since, veto.clause) == ("1.2", NEXT.isoformat(), "《示例条例》第十条")
    assert veto.source == "new_law_with_penalties"


def test_a_veto_not_yet_in_force_is_put_right_in_place(desk: Desk, edition: Edition) -> None:
    first = add(desk, edition)
    changed = vetoes.change(
        veto=first, wording=replace(WORDING, text="改正后的文字"), version=1, by=desk.actor, at=AT
    )
    assert changed == first
    assert VetoOverlay.objects.get().text == "改正后的文字"
    with refused(Conflict):
        vetoes.change(veto=first, wording=WORDING, version=1, by=desk.actor, at=AT)


def test_on_another_edition_an_item_veto_becomes_a_condition_of_its_own(desk: Desk, edition: Edition) -> None:
    add(desk, edition)
    newer = desk.published(desk.draft(edition.standard, label="2027版"), in_force=LATER)
    [veto] = [each for each in queries.vetoes_on(newer, LATER) if each.key.startswith("veto:")]
    assert (veto.item, veto.text) == ("", WORDING.text)


def test_the_five_hard_refusals_are_in_every_rulebook(desk: Desk, edition: Edition) -> None:
    content = queries.rulebook_content(opened(desk, edition, DAY).digest)
    hard = [line for line in content.lines() if line.key.startswith("hard:")]
    assert len(hard) == 5
    assert {line.vetoes[0].clause for line in hard} == {"uplift/2"}
    assert queries.hard_refusals(date(2022, 12, 31)) == ()


def test_a_hard_refusal_hung_on_an_item_needs_no_line_of_its_own(desk: Desk, edition: Edition) -> None:
    bureau = desk.world.bodies["bureau_city"]
    hard = Wording("未编制应急预案的", date(2023, 1, 1), "uplift/2", "hard_refusal", refusal="emergency_plan")
    by = desk.world.actor("bureau_city")
    vetoes.add(department=bureau, edition=edition, item="1.1", wording=hard, by=by, at=AT)
    content = queries.rulebook_content(opened(desk, edition, DAY).digest)
    assert len([line for line in content.lines() if line.key.startswith("hard:")]) == 4
    assert content.line("1.1").vetoes[0].source == "hard_refusal"


def test_another_department_hangs_nothing_on_a_standard_not_its_own(desk: Desk, edition: Edition) -> None:
    by = desk.world.actor("other_industry_city")
    with refused(Refused, "由该部门调整"):
        vetoes.add(
            department=desk.world.bodies["other_industry_city"],
            edition=edition,
            item="1.1",
            wording=WORDING,
            by=by,
            at=AT,
        )


def test_city_wide_vetoes_belong_to_the_city_bureau(desk: Desk, edition: Edition) -> None:
    bureau, by = desk.world.bodies["bureau_city"], desk.world.actor("bureau_city")
    campaign = replace(WORDING, text="未完成新增专项治理的", since=DAY, source="hard_refusal")
    vetoes.add(department=bureau, wording=campaign, by=by, at=AT)
    assert overlaid(desk, edition, DAY) == ["未完成新增专项治理的"]
    with refused(Invalid, "由市应急管理局确定"):
        add(desk, None, campaign, item="")
    with refused(Refused, "自己管理"):
        vetoes.add(department=bureau, wording=campaign, by=desk.actor, at=AT)


def test_a_department_wide_veto_holds_for_its_standards_alone(desk: Desk, edition: Edition) -> None:
    other = Desk(
        desk.world, desk.world.bodies["other_industry_city"], desk.world.actor("other_industry_city")
    )
    theirs = other.published(other.draft(other.register("SL/T 2—2026")))
    add(desk, None, replace(WORDING, since=DAY), item="")
    assert overlaid(desk, edition, DAY) == [WORDING.text]
    assert overlaid(desk, theirs, DAY) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " "}, "什么情形"),
        ({"basis": ""}, "法律依据"),
        ({"source": "rumour"}, "来源"),
        ({"since": DAY - timedelta(days=1)}, "不能早于今天"),
    ],
)
def test_a_veto_without_words_basis_source_or_a_day_to_come_is_refused(
    desk: Desk, edition: Edition, changes: dict[str, object], words: str
) -> None:
    with refused(Invalid, words):
        add(desk, edition, replace(WORDING, **changes))


def test_a_veto_on_an_item_that_is_not_there_is_refused(desk: Desk, edition: Edition) -> None:
    with refused(Invalid, "没有编号为“9.9”"):
        add(desk, edition, item="9.9")


def test_a_veto_already_lifted_cannot_be_lifted_again(desk: Desk, edition: Edition) -> None:
    veto = add(desk, edition)
    vetoes.lift(veto=veto, until=LATER, reason="修改", at_once=False, version=1, by=desk.actor, at=AT)
    with refused(OutOfTurn, "已经调整或取消"):
        vetoes.lift(veto=veto, until=LATER, reason="修改", at_once=False, version=2, by=desk.actor, at=AT)


def test_only_the_department_lifts_its_veto(desk: Desk, edition: Edition) -> None:
    veto = add(desk, edition)
    by = desk.world.actor("other_industry_city")
    with refused(Refused, "由该部门调整"):
        vetoes.lift(veto=veto, until=LATER, reason="修改", at_once=False, version=1, by=by, at=AT)


def test_the_same_content_is_one_rulebook_and_one_journal_entry(desk: Desk, edition: Edition) -> None:
    first = opened(desk, edition, DAY)
    before = everything()
    assert opened(desk, edition, DAY) == first
    assert everything() == before
    assert acts().count("standards.open_rulebook") == 1
    other = rulebooks.open(edition=edition, day=DAY, areas=(), level="level_2", by=desk.actor, at=AT)
    assert other != first


def test_a_draft_or_an_edition_not_in_force_makes_no_rulebook(desk: Desk, edition: Edition) -> None:
    draft = desk.draft(edition.standard, label="2027版")
    for row, day in ((draft, DAY), (edition, DAY - timedelta(days=1))):
        with refused(OutOfTurn):
            opened(desk, row, day)


def test_a_change_at_once_renews_the_rulebooks_of_open_sheets_and_touches_no_other(
    desk: Desk, edition: Edition
) -> None:
    row = opened(desk, edition, DAY)
    add(desk, edition, replace(WORDING, since=DAY + timedelta(days=1)))
    assert rulebooks.renew(rulebook=row, now=NEXT, by=desk.actor, at=AT) == row
    at_once = add(desk, edition, replace(WORDING, at_once=True))
    assert rulebooks.renew(rulebook=row, now=NEXT - timedelta(days=1), by=desk.actor, at=AT) == row
    renewed = rulebooks.renew(rulebook=row, now=NEXT, by=desk.actor, at=AT)
    content = queries.rulebook_content(renewed.digest)
    assert renewed.day == row.day
    assert [each.key for each in content.line("1.2").vetoes] == [f"veto:{at_once.pk}"]
    assert not queries.rulebook_content(row.digest).line("1.2").vetoes


def test_two_who_make_the_same_rulebook_at_once_get_one(
    desk: Desk, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the other had committed between looking and making."""
    row = opened(desk, edition, DAY)
    entries = acts()
    unseen = Rulebook.objects.none()
    monkeypatch.setattr(Rulebook.objects, "filter", lambda **_: unseen)
    assert opened(desk, edition, DAY) == row
    assert acts() == entries
