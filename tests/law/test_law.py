"""The law answers for a day, cites, and says what is missing."""

from collections.abc import Mapping
from datetime import date

import pytest

from calls import calls
from dabiao import law
from dabiao.kernel.limits import Limit, Unit
from dabiao.law import reading

TODAY = law.on(date(2026, 3, 2))
MOST_CALLS = 120_000


def test_a_value_carries_its_clause_and_first_day() -> None:
    cited = TODAY["grading.certificate.validity"]
    assert (cited.value, cited.since, cited.clause) == (3, date(2021, 11, 1), "mem-2021-83")
    assert (cited.basis, cited.confirmed, cited.caution) == (law.Basis.OUTSIDE, True, "")
    assert cited.limit == Limit(3, Unit.YEARS)


def test_an_old_day_gets_the_old_value() -> None:
    before, after = law.on(date(2022, 12, 31)), law.on(date(2023, 1, 1))
    assert before["recheck.share"].table == {"level_2": 100}
    assert after["recheck.share"].table == {"level_2": 100, "level_3": 100, "small_micro": 100}
    assert before["enforcement.frequency"].table["attained"] == "more"
    assert after["enforcement.frequency"].table["attained"] == "less"


def test_before_the_first_day_it_says_since_when() -> None:
    with pytest.raises(law.NotYetInForce, match="自 2021-11-01 起才有规定"):
        law.on(date(2021, 10, 31))["audit.limit"]


def test_an_unknown_name_names_what_comes_close() -> None:
    with pytest.raises(KeyError) as caught:
        TODAY["grading.certificate.validty"]
    assert "grading.certificate.validity" in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "correction.notice.limit",
        "audit.limit",
        "onsite_review.limit",
        "rectification.limit",
        "publicity.period",
        "rectification.confirmation.limit",
        "self_assessment.posting.period",
        "commitment.false.bar",
        "grading.authority",
        "units.industrial.sections",
        "scoring.two_groups.levels",
        "scoring.two_groups.scale",
        "revocation.accident.reading",
        "reapplication.bar.exempt",
    ],
)
def test_what_the_programme_calls_unconfirmed_is_to_be_checked(name: str) -> None:
    assert (TODAY[name].confirmed, TODAY[name].caution) == (False, "待核实")


@pytest.mark.parametrize(
    ("name", "length", "unit"),
    [
        ("correction.notice.limit", 5, "working_days"),
        ("audit.limit", 10, "working_days"),
        ("contract.limit", 30, "working_days"),
        ("initial_visit.limit", 10, "working_days"),
        ("onsite_review.limit", 20, "working_days"),
        ("rectification.limit", 20, "working_days"),
        ("rectification.extension.limit", 20, "working_days"),
        ("rectification.confirmation.limit", 10, "working_days"),
        ("recheck.limit", 10, "working_days"),
        ("opinion.limit", 5, "working_days"),
        ("publicity.period", 7, "working_days"),
        ("objection.limit", 15, "working_days"),
        ("self_assessment.posting.period", 10, "working_days"),
        ("grading.certificate.validity", 3, "years"),
        ("renewal.opening", 3, "months"),
        ("renewal.self_assessment", 6, "months"),
        ("reapplication.bar", 1, "years"),
        ("commitment.false.bar", 3, "years"),
        ("revocation.hearing.limit", 5, "working_days"),
        ("handover.acknowledgement.limit", 5, "working_days"),
        ("follow_up_visit.limit", 6, "months"),
        ("review_units.recognition.validity", 2, "years"),
        ("leading_group.meeting.period", 6, "months"),
        ("self_assessment.period", 12, "months"),
        ("standards.review.period", 5, "years"),
    ],
)
def test_the_time_limit_table_is_complete(name: str, length: int, unit: str) -> None:
    assert TODAY[name].limit == Limit(length, Unit(unit))
    assert TODAY[name].parameter.running or name == "rectification.extension.limit"


def test_values_cannot_be_changed() -> None:
    shares = TODAY["verification.share"].table
    assert isinstance(shares, Mapping)
    assert TODAY["verification.share"].number_of("level_2") == 30
    with pytest.raises(TypeError):
        shares["level_2"] = 1


@pytest.mark.parametrize("part", ["number", "items"])
def test_a_value_of_another_kind_is_refused(part: str) -> None:
    with pytest.raises(law.UnreadableLaw, match="核查的比例"):
        getattr(TODAY["verification.share"], part)


def test_open_lists_say_so_and_every_ground_has_its_clause() -> None:
    grounds = TODAY["revocation.grounds"]
    assert grounds.parameter.open
    assert [law.plain(one)["clause"] for one in grounds.items][:1] == ["uplift/11"]


def test_conditions_can_be_walked() -> None:
    names = [cited.name for cited in TODAY.under("conditions")]
    assert "conditions.hazards" in names
    assert all(name.startswith("conditions.") for name in names)


def test_show_is_plain_and_has_the_words_of_the_clause() -> None:
    shown = law.show("separation.scope", date(2026, 3, 2))
    assert shown["clause_title"] == (
        "《关于进一步加强企业安全生产标准化质量建设的意见》第三条（建立标准化咨询与评审分离的工作机制）"
    )
    assert "不得委托同一家" in str(shown["clause_text"])
    assert law.show("recheck.share")["since"] == "2023-01-01"


def test_the_warning_comes_in_the_counting_of_the_limit() -> None:
    assert (TODAY.amber(Unit.WORKING_DAYS), TODAY.amber(Unit.YEARS)) == (3, 90)


def test_the_files_load_with_little_work() -> None:
    """About 0.1 s: each file is read once, and nothing but read."""
    assert calls(lambda: (reading.parameters(), reading.instruments())) < MOST_CALLS
