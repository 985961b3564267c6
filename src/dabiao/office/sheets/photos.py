"""Pictures of a line as they are shown: what they are, and what they tell of time, place and device."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dabiao.base.files.recognise import MP4, PDF, PICTURES
from dabiao.sheets.models import Picture, Sheet

KINDS: Final = {MP4: ("video", "视频"), PDF: ("file-type-pdf", "PDF 文件")}
KIB: Final = 1024
UNTOLD: Final = "照片未带拍摄信息"


@dataclass(frozen=True, slots=True)
class Photo:
    """`drawn`: a safe copy can be shown; else it is a card with an icon."""

    key: int
    drawn: bool
    icon: str
    kind: str
    caption: str
    told: str
    number: int
    by: str
    at: datetime


def photos(sheet: Sheet, line: str) -> tuple[Photo, ...]:
    """In the order taken in; one query."""
    rows = Picture.objects.filter(sheet=sheet, line=line).select_related("file", "recorded_by")
    return tuple(photo(row, number) for number, row in enumerate(rows.order_by("id"), start=1))


def photo(row: Picture, number: int) -> Photo:
    drawn = row.file.kind in PICTURES
    icon, kind = KINDS.get(row.file.kind, ("photo", "照片"))
    return Photo(
        key=row.pk,
        drawn=drawn,
        icon=icon,
        kind=kind,
        caption=row.caption,
        told=told(row.file.facts) if drawn else size(row.file.size),
        number=number,
        by=row.recorded_by.name,
        at=row.received_at,
    )


def told(facts: Mapping[str, Any]) -> str:
    """What the picture itself says: 拍摄于 2026-03-02 09:30 · 北纬 39.90431°，东经 116.39150° · P60."""
    found = []
    if taken := facts.get("taken_at"):
        found.append(f"拍摄于 {str(taken)[:16].replace('T', ' ')}")
    if place := facts.get("place"):
        found.append(_place(place))
    if device := facts.get("device"):
        found.append(str(device))
    return " · ".join(found) or UNTOLD


def _place(place: Mapping[str, str]) -> str:
    lat, lon = place["lat"], place["lon"]
    north = f"南纬 {lat[1:]}°" if lat.startswith("-") else f"北纬 {lat}°"
    east = f"西经 {lon[1:]}°" if lon.startswith("-") else f"东经 {lon}°"
    return f"{north}，{east}"


def size(content: int) -> str:
    """Bytes as people say them."""
    if content < KIB * KIB:
        return f"{max(1, content // KIB)} kB"
    return f"{content / (KIB * KIB):.1f} MB"
