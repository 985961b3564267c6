"""What journeys need: a browser, a stage of their own, and people at screens.

Without Chromium or without the built front end they say so and are skipped; in CI that is a failure.
"""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from field.proxy import Proxy
from journeys.people import AXE, Person, person
from journeys.stage import ROOT, Stage, answers, copied, drop, seeded, shared
from journeys.tablets import Tablet, behind
from reviews.placing import FIRST

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1",
    "--font-render-hinting=none",
)
# Marks of stories, and what `seeding.py` makes for them.
KINDS = {
    "regulated": "published",
    **{
        each: each
        for each in (
            *("applicable", "accepted", "visiting", "gated", "cleared", "begun", "placed"),
            *("found", "rectified", "arranged", "attained", "announced", "vetoed", "publicised"),
        )
    },
}
Casting = Callable[..., Person]
Seeds = Callable[..., Stage]


def absent() -> str:
    """What is missing, and how to get it."""
    if not shutil.which("chromium"):
        return "没有 Chromium，浏览器测试未运行。安装：apt-get install chromium fonts-noto-cjk"
    if not (ROOT / "src/dabiao/look/static/built/look.css").exists() or not AXE.exists():
        return "前端尚未构建，浏览器测试未运行。请运行：make install"
    return ""


def absence(why: str) -> None:
    """In CI nothing may be missing."""
    pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if why := absent():
        absence(why)
    with sync_playwright() as playwright:
        # The shell alone draws the same pages for half the work; without it the whole browser does.
        shell = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        found = playwright.chromium.launch(executable_path=shell, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def seeds(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeds]:
    """What stories begin from, each made once when the first story asks."""
    made: dict[tuple[str, str], Stage] = {}

    def seed(kind: str, server: str = "") -> Stage:
        if (kind, server) not in made:
            made[kind, server] = _seed(tmp_path_factory, kind, server)
        return made[kind, server]

    yield seed
    for each in made.values():
        if each.database.startswith("postgres"):
            drop(each.database)


def _seed(places: pytest.TempPathFactory, kind: str, server: str) -> Stage:
    if server or os.environ.get("DABIAO_DATABASE_URL", "").startswith("postgres"):
        return seeded(places.mktemp(kind), f"--{kind}", server=server)
    own = places.getbasetemp()  # of one of several processes that test together, or of all there is
    return shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, kind)


@pytest.fixture
def server() -> str:
    """The database server of the story; empty: what the environment names. A story may ask for another."""
    return ""


@pytest.fixture
def stage(tmp_path: Path, seeds: Seeds, server: str, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The product served with the cast on it and what the marks of the story say; afterwards its journal is
    whole and equals its tables."""
    marks = (KINDS[each] for each in KINDS if request.node.get_closest_marker(each))
    if server and not answers(server):
        absence("没有可用的 PostgreSQL，这一遍没有运行。安装：apt-get install postgresql")
    seed = seeds(next(marks, "bare"), server)
    name = f"{zlib.crc32(request.node.name.encode()):x}"
    with copied(seed, tmp_path / "data", name) as made:
        yield made
        assert "Traceback" not in made.log(), made.log()
        prove(made)


def prove(stage: Stage) -> None:
    """The journal is whole, and the tables are what it says."""
    done = stage.proven()
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert done.stdout.count("完好") == 2, done.stdout


@pytest.fixture
def cast(browser: Browser, stage: Stage, request: pytest.FixtureRequest) -> Iterator[Casting]:
    """`cast("officer", "phone")`: somebody signed in at a screen, the same whenever asked again; no name: the
    public. Their faults fail the test."""
    people: dict[tuple[str, str], Person] = {}
    story = request.node.originalname.removeprefix("test_")

    def at_screen(name: str, screen: str = "desk") -> Person:
        if (name, screen) in people:
            return people[name, screen]
        made = people[name, screen] = person(browser, stage, name, story, screen)
        if name:
            made.sign_in()
        return made

    yield at_screen
    for each in people.values():
        each.context.close()
    for each in people.values():
        each.unharmed()


@pytest.fixture
def proxy(stage: Stage) -> Iterator[Proxy]:
    """A bad network to the stage, on the first day on site."""
    stage.move_clock(FIRST)
    with Proxy(stage.port).running() as running:
        yield running


@pytest.fixture
def tablet(browser: Browser, stage: Stage, proxy: Proxy, tmp_path: Path, request: Any) -> Iterator[Tablet]:
    """The reviewer's device behind that network, still off; with `screen` where the story asks for one."""
    screen = request.getfixturevalue("screen") if "screen" in request.fixturenames else "phone"
    story = request.node.originalname.removeprefix("test_")
    made = Tablet(browser, behind(stage, proxy.port), tmp_path / "browser", FLAGS, story, "reviewer", screen)
    yield made
    if made.is_on:
        made.off()
