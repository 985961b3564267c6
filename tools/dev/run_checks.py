"""Every check that is not a test: style, types, walls, migrations, templates, front end."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(Path(__file__).resolve().parent))

from frontend import node_path  # noqa: E402

CHECKS = (
    ("ruff", [BIN / "ruff", "check", "."]),
    ("ruff format", [BIN / "ruff", "format", "--check", "."]),
    ("mypy", [BIN / "mypy"]),
    ("import contracts", [BIN / "lint-imports"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("django", [sys.executable, "manage.py", "check"]),
    ("templates", [BIN / "djlint", "src", "--lint", "--quiet"]),
    ("law", [BIN / "dabiao", "law", "check"]),
    ("front end", ["npm", "test", "--silent"]),
)


def main() -> int:
    environment = {**os.environ, "PATH": node_path(), "DJANGO_SETTINGS_MODULE": "dabiao.config.settings_test"}
    failed = []
    for name, command in CHECKS:
        print(f"== {name} ==", flush=True)
        if subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    print("未通过：" + "、".join(failed) if failed else "全部检查通过", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
