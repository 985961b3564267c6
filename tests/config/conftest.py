"""Settings are read once a process: what depends on them is tried in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Alone = Callable[[str], str]


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """Plays these lines in a process of their own, with the product's settings; what they print."""
    settings = {"DABIAO_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "dabiao.config.settings"}

    def play(lines: str) -> str:
        command, surroundings = [sys.executable, "-c", lines], {**os.environ, **settings}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
        return done.stdout

    return play
