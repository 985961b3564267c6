"""Run the tests on SQLite, on PostgreSQL where one answers, and in a browser where there is one.

In CI nothing may be missing: PostgreSQL, Chromium and the fonts are demanded (CI=true).
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORIES = "tests/journeys"  # all of them: tests/tools/test_run_tests.py looks
TOGETHER = ("-n", "2", "--dist", "worksteal")
SOME_FAILED = 1  # pytest: tests ran and some failed; anything else is not tried again
IN_CI = os.environ.get("CI") == "true"
POSTGRESQL = os.environ.get("DABIAO_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/dabiao")


def pytest(title: str, *arguments: str, **environment: str) -> int:
    """Run, with compiled modules kept in build/: each process would rewrite all tests anew otherwise."""
    print(f"\n== {title} ==", flush=True)
    kept = f"cache_dir=build/pytest-{title.lower()}"
    command = [sys.executable, "-m", "pytest", "-q", "-rfs", "-o", kept, *arguments]
    compiled = {"PYTHONPYCACHEPREFIX": str(ROOT / "build" / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    surroundings = {**os.environ, **compiled, **environment}
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode


def browser() -> int:
    """Two stories at once: each has a server, a database and people at screens of its own.

    Try once more what failed here, and here only: a browser waits for its pages by the clock, and on a
    machine that is busy elsewhere in vain. A fault fails again, alone; what passes only then is named.
    """
    failed = pytest("Browser", STORIES, *TOGETHER, "-m", "browser")
    if failed != SOME_FAILED:
        return failed
    print("\n== Browser: once more what failed ==", flush=True)
    return pytest("Browser", STORIES, "-m", "browser", "--last-failed", "--last-failed-no-failures", "none")


def answers(host: str = "127.0.0.1", port: int = 5432) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def missing(what: str, how: str) -> int:
    """Say plainly what was left out; in CI that is a failure."""
    print(f"\n没有{what}，相关测试未运行。安装：{how}", flush=True)
    return 1 if IN_CI else 0


def main() -> int:
    spread = (*TOGETHER, "-m", "not browser")
    failed = pytest("SQLite", *spread, DABIAO_DATABASE_URL="sqlite:///:memory:")
    if answers():
        failed |= pytest("PostgreSQL", *spread, DABIAO_DATABASE_URL=POSTGRESQL)
    else:
        failed |= missing("可用的 PostgreSQL（只在 SQLite 上测试）", "apt-get install postgresql")
    if shutil.which("chromium"):
        failed |= browser()
    else:
        failed |= missing("Chromium", "apt-get install chromium fonts-noto-cjk")
    return failed


if __name__ == "__main__":
    sys.exit(main())
