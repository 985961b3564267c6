"""The page itself as bytes: what a device keeps to start without a signal, each file with its digest.

A file that is not byte for byte ours is not taken into the device's cache: a captive portal answers anything
with 200.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import orjson
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from dabiao.kernel.errors import DabiaoError

WORKER: Final = "built/field-worker.js"
FILES: Final = (
    "built/theme.js",
    "built/field.css",
    "built/field.js",
    "built/field.svg",
    "look/favicon.svg",
    "field/icon-192.png",
)


class Unbuilt(DabiaoError):
    status = 503


def content(name: str) -> bytes:
    """A static file as it is served: as collected, or from its source where nothing was collected."""
    stored = getattr(staticfiles_storage, "stored_name", str)(name)
    if staticfiles_storage.exists(stored):
        with staticfiles_storage.open(stored) as file:
            found: bytes = file.read()
        return found
    path = finders.find(name)
    if path is None:
        raise Unbuilt("现场页面尚未构建，请维护人员构建前端后再打开。")
    return Path(path).read_bytes()


def integrity(body: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


@cache
def version() -> str:
    """New whenever any file of the page, or the worker itself, is."""
    seen = hashlib.sha256(render_to_string("field/page.html", {"version": ""}).encode())
    for name in (*FILES, WORKER):
        seen.update(hashlib.sha256(content(name)).digest())
    return seen.hexdigest()[:12]


@cache
def page() -> bytes:
    """The same for everybody: it names nobody and nothing of the session."""
    return render_to_string("field/page.html", {"version": version()}).encode()


@cache
def manifest() -> bytes:
    """What makes it installable."""
    sizes = (("field/icon-192.png", "192x192", "any"), ("field/icon-512.png", "512x512", "any"))
    round_ones = (("field/icon-maskable-512.png", "512x512", "maskable"),)
    icons = [
        {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in sizes + round_ones
    ]
    told = {
        "name": "达标现场",
        "short_name": "达标现场",
        "lang": "zh-Hans",
        "id": reverse("field:page"),
        "start_url": reverse("field:page"),
        "scope": reverse("field:page"),
        "display": "standalone",
        "background_color": "#f6f5f2",
        "theme_color": "#1a4379",
        "icons": icons,
    }
    return orjson.dumps(told)


@cache
def worker() -> bytes:
    """The service worker, told what it is to keep."""
    kept = [[reverse("field:page"), integrity(page())], [reverse("field:manifest"), integrity(manifest())]]
    kept += [[static(name), integrity(content(name))] for name in FILES]
    told = {"version": version(), "page": reverse("field:page"), "files": kept}
    return b"self.SHELL = " + orjson.dumps(told) + b";\n" + content(WORKER)
