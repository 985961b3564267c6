"""`python -m bench.page`: the field page in a browser whose processor is slowed down fourfold.

A rulebook of 345 items, part answered by a colleague, part by oneself and not delivered. Aims: a visit opens
within 500 ms, a tap is kept within 50 ms.
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
HTML: Final = (
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="field.css">'
    '<body><script type="module" src="measure.js"></script>'
)
WAYS: Final = {"open a visit off line": "opening", "next item": "nextItem", "tap to saved": "tap"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        with served(folder) as address, browsed(address) as page:
            for words, name in WAYS.items():
                print(told(words, [float(page.evaluate(f"measured.{name}({at})")) for at in range(TIMES)]))


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
