"""Every check that is not a test: style, types, walls, migrations, templates, front end."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, STDOUT

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(Path(__file__).resolve().parent))

from frontend import node_path  # noqa: E402

TOGETHER = 2
CHECKS: tuple[tuple[str, list[object]], ...] = (  # the longest first
    ("mypy", [BIN / "mypy"]),
    ("ruff", [BIN / "ruff", "check", "."]),
    ("ruff format", [BIN / "ruff", "format", "--check", "."]),
    ("import contracts", [BIN / "lint-imports"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("django", [sys.executable, "manage.py", "check"]),
    ("templates", [BIN / "djlint", "src", "--lint", "--quiet"]),
    ("law", [BIN / "dabiao", "law", "check"]),
    ("front end types", ["npm", "run", "types", "--silent"]),
    ("front end", ["npm", "test", "--silent"]),
)


def check(named: tuple[str, list[object]]) -> str:
    """Runs one; gives its name if it failed. What it says is printed in one piece."""
    name, command = named
    environment = {**os.environ, "PATH": node_path(), "DJANGO_SETTINGS_MODULE": "dabiao.config.settings_test"}
    words = [str(part) for part in command]
    done = subprocess.run(
        words, cwd=ROOT, env=environment, check=False, stdout=PIPE, stderr=STDOUT, text=True
    )
    print(f"== {name} ==\n{done.stdout}", end="", flush=True)
    return name if done.returncode else ""


def main() -> int:
    node_path()  # brings a Node where there is none, before two checks ask for it
    with ThreadPoolExecutor(TOGETHER) as together:
        failed = [name for name in together.map(check, CHECKS) if name]
    print("未通过：" + "、".join(failed) if failed else "全部检查通过", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
