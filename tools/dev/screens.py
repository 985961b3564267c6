"""Pictures of every page as every main role sees it, at desktop and phone width, into build/screens.

Pages are found by following links from each role's home, one page a kind of address (a few where states
differ). Printed, and kept in build/screens/report.txt: faults of the browser, refused content, status 500 and
above, what axe finds, pages wider than the phone. `screens.py [--role NAME …] [--keep]`; --keep reuses the
last city.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Response,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "screens"
DATA = ROOT / "build" / "screens-data"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DABIAO = Path(sys.executable).parent / "dabiao"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PUBLIC = "public"
ROLES = (
    PUBLIC,
    "unit_officer",
    "unit_principal",
    "self_assessor",
    "unit111_officer",
    "review_admin",
    "reviewer",
    "expert",
    "industry_city",
    "industry_district",
    "locality",
    "bureau_city",
    "committee_city",
    "organizer",
    "organizer_lead",
    "industry_district_deputy",
    "bureau_district",
    "enforcement",
    "system_admin",
    "security_admin",
    "audit_admin",
)
WIDTHS = {1440: 900, 390: 844}
DARK = frozenset({"home", "sheet", "self_assessment", "publicsite-home"})
SEVERAL = {
    "sheet": 3,
    "self_assessment": 4,
    "hazard": 3,
    "edition": 2,
    "review": 4,
    "grading": 4,
    "verification": 2,
    "verification_draw": 2,
}  # pages that look different by state
FILES = (".xlsx", ".pdf", ".docx", ".jpg", ".csv", ".json")
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"
WIDER = "document.documentElement.scrollWidth > window.innerWidth + 1"
AXE_RUN = "axe.run(document, {resultTypes: ['violations']})"
PATIENCE = 60


@dataclass(slots=True)
class Findings:
    """What is wrong, page by page."""

    lines: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: int = 0  # status 500 and above

    def add(self, where: str, kind: str, words: str) -> None:
        self.kinds[kind] += 1
        self.lines.append(f"{where}: {kind}: {words[:300]}")
        print(self.lines[-1], flush=True)


@dataclass(frozen=True, slots=True)
class Visit:
    """One role on its way: `base` is the server, `names` the addresses' names by their patterns."""

    role: str
    base: str
    names: dict[str, str]
    found: Findings


def main() -> int:
    asked = _asked()
    environment = {**os.environ, "DABIAO_DATA": str(DATA), "DABIAO_ENV": "development"}
    environment |= {"DABIAO_DATABASE_URL": f"sqlite:///{DATA / 'dabiao.sqlite3'}"}
    if not asked.keep:
        shutil.rmtree(DATA, ignore_errors=True)
    city = json.loads(_dabiao(environment, "demo", "--json"))
    logins = {each["role"]: each for each in reversed(city["accounts"])}
    logins |= {each["login"]: each for each in city["accounts"]}
    names = {each["pattern"]: each["name"] for each in json.loads(_dabiao(environment, "routes", "--json"))}
    found = Findings()
    with _served(environment) as base, sync_playwright() as playwright, _browser(playwright) as browser:
        for role in asked.role or ROLES:
            shutil.rmtree(OUT / role, ignore_errors=True)
            _role(browser, Visit(role, base, names, found), logins.get(role))
    _report(found)
    return 1 if found.faults else 0


def _role(browser: Browser, visit: Visit, login: dict[str, Any] | None) -> None:
    """All pages of one role: found at desktop width, then drawn at each width."""
    if login is None and visit.role != PUBLIC:
        print(f"{visit.role}: the demonstration city has no such login", flush=True)
        return
    pages: dict[str, str] = {}
    cookies: Any = []
    for width, height in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.add_cookies(cookies)
        if login and not cookies:
            _sign_in(context, visit, login)
            cookies = context.cookies()
        pages = pages or _crawl(context, visit)
        for name, path in pages.items():
            _draw(context, visit, name, path, width)
        context.close()
    print(f"{visit.role}: {len(pages)} pages", flush=True)


def _sign_in(context: BrowserContext, visit: Visit, login: dict[str, Any]) -> None:
    page = context.new_page()
    page.goto(f"{visit.base}/office/sign-in/")
    page.fill("input[name=login]", login["login"])
    page.fill("input[type=password]", login["password"])
    page.click("button[type=submit]")
    page.wait_for_load_state()
    if "sign-in" in page.url:
        visit.found.add(visit.role, "sign-in", "could not sign in")
    page.close()


def _crawl(context: BrowserContext, visit: Visit) -> dict[str, str]:
    """File name -> path; breadth first, so that the sample is the one nearest to home."""
    waiting = ["/", "/office/sign-in/"] if visit.role == PUBLIC else ["/office/"]
    seen: set[str] = set(waiting)
    pages: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    page = context.new_page()
    while waiting:
        path = waiting.pop(0)
        name = _named(path, visit.names)
        if not name or kinds[name] >= SEVERAL.get(name, 1):
            continue
        response = _opened(page, visit.base + path)
        if response is None or "text/html" not in (response.header_value("content-type") or ""):
            continue
        kinds[name] += 1
        pages[f"{name}-{kinds[name]}" if kinds[name] > 1 else name] = path
        links = [urlsplit(each) for each in page.evaluate(LINKS) if each.startswith(visit.base)]
        fresh = [each.path for each in links if each.path not in seen and not each.path.endswith(FILES)]
        fresh = list(dict.fromkeys(each for each in fresh if _ours(each, visit.role)))
        seen.update(fresh)
        waiting += fresh
    page.close()
    return pages


def _opened(page: Page, url: str) -> Response | None:
    """Nothing where it is a file to keep: that is no page to draw."""
    try:
        return page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise


def _ours(path: str, role: str) -> bool:
    """Staff see the work pages, the public its own."""
    inside = path.startswith(("/office/", "/api/"))
    return inside != (role == PUBLIC) or path == "/office/sign-in/"


def _named(path: str, names: dict[str, str]) -> str:
    """The address's own name; empty for what is no address of ours."""
    parts = path.split("/")
    for pattern, name in names.items():
        wanted = pattern.split("/")
        same = len(wanted) == len(parts) and all(
            bool(got) if ask.startswith(("<", "{")) else ask == got
            for ask, got in zip(wanted, parts, strict=True)
        )
        if same:
            face, _, own = name.rpartition(":")
            return own if face in {"", "office"} else f"{face}-{own}"
    return ""


def _draw(context: BrowserContext, visit: Visit, name: str, path: str, width: int) -> None:
    where = f"{visit.role}/{name}-{width}"
    page = context.new_page()
    page.on("console", lambda said: _hear(visit.found, where, said))
    page.on("pageerror", lambda error: visit.found.add(where, "script", str(error)))
    response = page.goto(visit.base + path, wait_until="load")
    if response is not None and response.status >= 500:
        visit.found.faults += 1
        visit.found.add(where, "status", str(response.status))
    page.wait_for_timeout(200)
    _picture(page, where)
    if page.evaluate(WIDER):
        visit.found.add(where, "wider", "the page scrolls sideways")
    _axe(page, visit.found, where)
    if name in DARK:
        page.emulate_media(color_scheme="dark")
        _picture(page, f"{where}-dark")
        _axe(page, visit.found, f"{where}-dark")
    page.close()


def _picture(page: Page, where: str) -> None:
    path = OUT / f"{where}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)


def _hear(found: Findings, where: str, said: ConsoleMessage) -> None:
    if said.type == "error":
        refused = "Content Security Policy" in said.text
        found.add(where, "refused by policy" if refused else "console", said.text)


def _axe(page: Page, found: Findings, where: str) -> None:
    """Given over the debugger's line: the page's own policy stays in force."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for each in page.evaluate(AXE_RUN)["violations"]:
        target = " ".join(map(str, each["nodes"][0]["target"]))
        found.add(where, "axe", f"{each['id']} ({each['impact']}) × {len(each['nodes'])}, first {target}")


def _dabiao(environment: dict[str, str], *arguments: str) -> str:
    command = [str(DABIAO), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(DABIAO), "serve", "--port", str(port), "--workers", "1"]
    log = (DATA / "server.log").open("w")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _await(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
        log.close()


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the server did not start, see {DATA / 'server.log'}")


@contextmanager
def _browser(playwright: Playwright) -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        raise SystemExit("no Chromium: apt-get install chromium fonts-noto-cjk")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


def _report(found: Findings) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "report.txt").write_text("\n".join([*found.lines, ""]), encoding="utf-8")
    counted = ", ".join(f"{kind} {count}" for kind, count in sorted(found.kinds.items()))
    print(
        f"{len(list(OUT.rglob('*.png')))} pictures in {OUT.relative_to(ROOT)}; {counted or 'nothing found'}"
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--role", nargs="*", help="only these roles")
    parser.add_argument("--keep", action="store_true", help="reuse the city of the last time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
