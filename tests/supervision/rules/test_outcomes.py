"""A verification comes to what its facts say; a major hazard or a level not kept leaves no choice."""

import pytest

from dabiao.supervision.rules.outcomes import KEEP, RECTIFY, REVOKE, Found, outcome, reasons


def found(**more: object) -> Found:
    return Found(**{"level": "level_2", "result": "level_2", "score": "92.5", **more})


@pytest.mark.obligation("Q8-revoke")
@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, KEEP),
        ({"result": "level_1"}, KEEP),
        ({"findings": 2}, RECTIFY),
        ({"overdue": ["YH1 护罩"]}, RECTIFY),
        ({"result": "level_3"}, REVOKE),
        ({"result": "failed"}, REVOKE),
        ({"result": None}, REVOKE),
        ({"majors": ["1 粉尘"], "findings": 1}, REVOKE),
        ({"level": "small_micro", "result": "small_micro"}, KEEP),
        ({"level": "small_micro", "result": "failed"}, REVOKE),
    ],
)
def test_the_gravest_reason_decides(facts: dict[str, object], wanted: str) -> None:
    told = reasons(found(**facts))
    assert outcome(told) == wanted
    assert all(each.text and each.clause for each in told)


def test_every_reason_is_told() -> None:
    told = reasons(found(result="level_3", majors=["1 粉尘", "2 氨"], findings=3, overdue=["YH1 护罩"]))
    assert [each.outcome for each in told] == [REVOKE, REVOKE, REVOKE, RECTIFY, RECTIFY]
    assert "92.5" in told[2].text
