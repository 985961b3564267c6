"""What the city tells whoever made it: the contract's JSON, and a table of logins for people."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.states.assessments import TITLES as STATES
from dabiao.creation.states.assessments import AssessmentState
from dabiao.creation.states.cases import TITLES as CASES
from dabiao.demo.mark import PASSWORD, City
from dabiao.kernel.roles import TITLES, Role

FACTOR = "两步验证：演示城市可以不启用，正式环境中公务账号必须启用（由 DABIAO_SECOND_FACTOR 设定）。"


def plain(city: City) -> dict[str, Any]:
    """The shape of the public contract, with what else helps."""
    return {
        "seed": city.seed,
        "scale": city.scale,
        "made_at": city.made_at,
        "accounts": [
            {
                "login": each["login"],
                "password": PASSWORD,
                "role": each["role"],
                "body": each["body"],
                "name": each["name"],
            }
            for each in city.logins
        ],
        "cases": cases(),
        **city.ids,
    }


def cases() -> list[dict[str, Any]]:
    """Applications, then self-assessments: number, unit, level, state."""
    return [*_told("case", Case), *_told("self_assessment", SelfAssessment)]


def _told(kind: str, model: type[Case | SelfAssessment]) -> list[dict[str, Any]]:
    rows = model._base_manager.order_by("id").values_list("pk", "number", "unit__name", "level", "state")
    return [
        {"number": number, "unit": unit, "level": level, "state": state, "id": key, "kind": kind}
        for key, number, unit, level, state in rows
    ]


def lines(city: City) -> list[str]:
    """For a terminal."""
    told = cases()
    assessed = _counted(told, "self_assessment", {state.value: STATES[state] for state in AssessmentState})
    applied = _counted(told, "case", {state.value: title for state, title in CASES.items()})
    return [*logins(city), f"自评：{assessed}", f"申报件：{applied}"]


def _counted(told: list[dict[str, Any]], kind: str, titles: dict[str, str]) -> str:
    states = [each["state"] for each in told if each["kind"] == kind]
    return "，".join(f"{title} {states.count(state)}" for state, title in titles.items() if state in states)


def logins(city: City) -> list[str]:
    """Who one may sign in as."""
    table = [("登录名", "岗位", "单位", "可以看什么")]
    table += [(each["login"], TITLES[Role(each["role"])], each["body"], each["hint"]) for each in city.logins]
    return [*columns(table), f"全部账号的密码：{PASSWORD}（仅供演示）", FACTOR]


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows set in columns; a Chinese letter is two wide."""
    table = [list(row) for row in rows]
    widths = [max(width(row[place]) for row in table) for place in range(len(table[0]))]
    return ["  ".join(_padded(text, widths[at]) for at, text in enumerate(row)).rstrip() for row in table]


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in text)


def _padded(text: str, wanted: int) -> str:
    return text + " " * (wanted - width(text))
