"""What every answer must carry, and what no page may contain, whoever reads it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from zipfile import ZipFile, is_zipfile

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
}
PICTURE = {  # opened by itself: the browser's own page around it has styles of its own, and nothing else runs
    "default-src 'none'",
    "img-src 'self'",
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "sandbox",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CODE = ("text/javascript", "application/manifest+json")  # of the field page: no browser draws them
INLINE = ("text/html", "application/json", "image/jpeg", *CODE)  # all else is an attachment
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([\w:@.-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
FOREIGN = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
OWN_SCHEMES = ("data:image/", "blob:", "mailto:", "tel:")
STRANGE = {"style", "iframe", "object", "embed", "base", "applet", "frame"}


def faults(headers: Mapping[str, str], content: bytes) -> Iterator[str]:
    """What is wrong with an answer, in words; nothing for a good one."""
    policy = {each.strip() for each in headers.get("Content-Security-Policy", "").split(";")}
    kind = headers.get("Content-Type", "").partition(";")[0]
    wanted = PICTURE if kind == "image/jpeg" else CSP
    if policy != wanted:
        yield f"content security policy: {sorted(policy ^ wanted)}"
    for name, value in HEADERS.items():
        if headers.get(name) != value:
            yield f"{name}: {headers.get(name)}"
    disposition = headers.get("Content-Disposition", "")
    if content and kind not in INLINE and not disposition.startswith("attachment"):
        yield f"{kind} shown inline"
    if kind == "text/html":
        yield from page_faults(content)


@cache
def page_faults(content: bytes) -> tuple[str, ...]:
    """Anything inline, anything from elsewhere."""
    return tuple(_page_faults(content.decode()))


def _page_faults(text: str) -> Iterator[str]:
    for name, rest in TAG.findall(text):
        attributes = {key.lower(): value.strip("\"'") for key, value in ATTRIBUTE.findall(rest)}
        yield from _tag_faults(name.lower(), attributes)


def _tag_faults(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if name in STRANGE:
        yield f"<{name}>"
    if name == "script" and not attributes.get("src"):
        yield "<script> inline"
    for key, value in attributes.items():
        if key.startswith(("on", "hx-on")) or key == "style":
            yield f"<{name} {key}=…>"
        if key in {"href", "src", "action", "formaction", "srcset", "poster"} and _foreign(value):
            yield f"<{name} {key}={value}>"


def _foreign(address: str) -> bool:
    return bool(FOREIGN.match(address)) and not address.startswith(OWN_SCHEMES)


def words(headers: Mapping[str, str], content: bytes) -> str:
    """What a person can read in an answer; workbooks and documents are opened."""
    if not content.startswith(b"PK") or not is_zipfile(BytesIO(content)):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
