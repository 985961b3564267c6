"""`dabiao standards import` and `dabiao score`, as an operator calls them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from dabiao.cli.main import main
from dabiao.organisations.models import Body
from dabiao.standards.models import Edition, Standard
from world import World

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "standards"
HEAD = ("考评类目", "考评项目", "考评内容", "标准分值", "考评办法", "自评/评审描述", "空项", "实际得分")
ROWS = (
    ("1.基础管理", "1.1制度", "建立安全生产责任制。", 4, "未建立的，不得分。"),
    ("2.现场管理", "2.1用电", "临时用电应当审批。", 6, "视情况酌情扣减。"),
)


def table(path: Path, *filled: tuple[object, ...]) -> Path:
    book = Workbook()
    book.active.append(("示例评定标准",))
    book.active.append(HEAD)
    for place, row in enumerate(ROWS):
        book.active.append((*row, *(filled[place] if filled else ())))
    book.save(path)
    return path


def run(*words: object, code: int = 0) -> Any:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return json.loads(result.output) if "--json" in words else result.output


def test_a_table_becomes_a_draft_and_a_filled_one_is_scored(world: World, tmp_path: Path) -> None:
    told = run("standards", "import", table(tmp_path / "表.xlsx"), "--number", "SL 1", "--json")
    assert (told["items"], told["points"], told["elements"]) == (2, "10", 2)
    assert [(each["row"], each["text"]) for each in told["unread"]] == [(4, "视情况酌情扣减")]
    edition = Edition.objects.get(pk=told["edition"])
    assert (edition.state, edition.standard.number) == ("draft", "SL 1")
    assert edition.standard.owner == world.bodies["bureau_city"]
    filled = table(tmp_path / "填.xlsx", ("符合", None, 4), ("有缺陷", None, 3))
    score = run("score", "SL 1", filled, "--json")
    assert (score["full"], score["obtained"], score["score"], score["draft"]) == ("10", "7", "70.0", True)


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    told = run("standards", "import", table(tmp_path / "表.xlsx"), "--dry-run", "--json")
    assert told["edition"] is None
    assert not Standard.objects.exists()


def test_importing_again_opens_another_edition_of_the_same_standard(world: World, tmp_path: Path) -> None:
    file = table(tmp_path / "表.xlsx")
    words = ("standards", "import", file, "--number", "SL 1", "--label", "2026版")
    run(*words, "--owner", "industry_city")
    run(*words)
    assert Standard.objects.get().owner.code == "industry_city"
    assert set(Edition.objects.values_list("label", flat=True)) == {"2026版", "2026版（2）"}


@pytest.mark.django_db
def test_without_any_body_the_owner_waits_for_its_name(tmp_path: Path) -> None:
    run("standards", "import", table(tmp_path / "表.xlsx"))
    assert Standard.objects.get().owner == Body.objects.get(name="待定归口部门")


def test_what_cannot_be_done_is_said_and_ends_badly(world: World, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"nothing")
    run("standards", "import", broken, code=1)
    assert "没有代码为" in run(
        "standards", "import", table(tmp_path / "表.xlsx"), "--owner", "nobody", code=1
    )
    assert "没有名为" in run("score", "没有", broken, code=1)


@pytest.mark.parametrize(
    ("name", "items", "points"), [("warehouse-164", 164, "1000"), ("small-enterprise-67", 67, "600")]
)
def test_the_real_tables_are_kept_whole(world: World, name: str, items: int, points: str) -> None:
    file = REAL / f"{name}.xlsx"
    if not file.exists():
        pytest.skip(f"{file.name} lies beside the checkout only where the authorities' tables are")
    told = run("standards", "import", file, "--number", name, "--json")
    assert (told["items"], told["points"]) == (items, points)
    phrases = Edition.objects.get(pk=told["edition"]).source.get("phrases", [])
    assert len(phrases) == len(told["unread"]) + len(told["doubtful"])
