"""The clock of development is shifted by what its setting says, or by what a file says at the moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dabiao.base import clock

LITTLE = timedelta(hours=1)  # a test takes less


def off(shift: timedelta) -> bool:
    """Whether the clock is as far from the real one."""
    return abs(clock.now() - datetime.now(UTC) - shift) < LITTLE  # noqa: TID251  the real moment


@pytest.mark.parametrize(
    ("said", "shift"), [("", timedelta()), ("+400d", timedelta(400)), ("-36h", timedelta(hours=-36))]
)
def test_the_setting_shifts_it(settings: Any, said: str, shift: timedelta) -> None:
    settings.DABIAO_CLOCK = said
    assert off(shift)


def test_a_file_moves_it_while_the_product_is_running(settings: Any, tmp_path: Path) -> None:
    settings.DABIAO_CLOCK = f"@{tmp_path / 'clock'}"
    for days in (3, 40):
        (tmp_path / "clock").write_text(f"{days:+d}d\n")
        assert off(timedelta(days))


@pytest.mark.parametrize("said", ["+400d", "@nowhere"])
def test_in_production_nothing_shifts_it(settings: Any, said: str) -> None:
    settings.DABIAO_CLOCK, settings.DABIAO_DEVELOPMENT = said, False
    assert off(timedelta())
