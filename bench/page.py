"""`python -m bench.page`: the field page in a browser whose processor is slowed down fourfold.

A rulebook of 345 items, part answered by a colleague, part by oneself and not delivered. Aims: a visit opens
within 500 ms, a tap is kept within 50 ms. The floor beside the taps is what no page can do without.
"""

import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
SLOWER: Final = 4
TIMES: Final = 15
TAPS: Final = 40
READS: Final = 200  # ms before a tap
HTML: Final = (
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="field.css">'
    '<body><script type="module" src="measure.js"></script>'
)
FLOOR: Final = "its floor: two rows on the disk and a word on the screen"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        with served(folder) as address, browsed(address) as page:
            print(told("open a visit off line", [asked(page, "opening") for _ in range(TIMES)]))
            print(told("next item", [asked(page, "nextItem", at) for at in range(TIMES)]))
            tapped(page)


def tapped(page: Page) -> None:
    """Taps and their floor by turns: whatever else the machine does, it does to both."""
    both = [(tap(page, at), asked(page, "floor", at)) for at in range(TAPS)]
    print(told("tap to saved", [took for took, _ in both]))
    print(told(FLOOR, [floor for _, floor in both]))
    print(told("tap to saved above the floor of its turn", [took - floor for took, floor in both]))


def tap(page: Page, at: int) -> float:
    """The person has read the item: what opened it has come to rest."""
    asked(page, "ready", at)
    page.wait_for_timeout(READS)
    return asked(page, "tap", at)


def asked(page: Page, what: str, at: int = 0) -> float:
    """Milliseconds, as the browser's own clock has them."""
    return float(page.evaluate(f"measured.{what}({at})") or 0)


def build(folder: Path) -> None:
    subprocess.run(
        ["npx", "esbuild", "frontend/field/bench/measure.ts", "--bundle", "--minify", "--format=esm",
         f"--outfile={folder / 'measure.js'}", "--log-level=error"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    shutil.copy(ROOT / "src/dabiao/look/static/built/field.css", folder)
    (folder / "index.html").write_text(HTML, "utf-8")


@contextmanager
def served(folder: str) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()


@contextmanager
def browsed(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address)
        page.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)
        shell = page.context.new_cdp_session(page)
        shell.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page
        browser.close()


def told(words: str, took: list[float]) -> str:
    p95 = sorted(took)[round(0.95 * (len(took) - 1))]
    return f"{words}: median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms (processor {SLOWER} x slower)"


if __name__ == "__main__":
    main()
