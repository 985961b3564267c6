"""The addresses of the field protocol. Each reads the frame, calls one service or query, wraps the answer."""

import re
from typing import Any, Final

from django.http import HttpResponse
from django.middleware.csrf import get_token

from dabiao.base import canonical, clock
from dabiao.field.gates import Elsewhere, Old, envelope, frame, raw, refusal, served, spoken, texts, unchanged
from dabiao.field.models import Upload
from dabiao.field.permissions import SERVED, WIPING
from dabiao.field.queries import packets, receipts, visits
from dabiao.field.queries.visits import Visit
from dabiao.field.rules import acts
from dabiao.field.services import delivery, devices, uploads
from dabiao.field.services.uploads import Behind
from dabiao.kernel.errors import Absent, Invalid, TooLarge
from dabiao.look.addresses import Request

SPEAKS: Final = {"packet": [1, 1], "acts": [1, 1]}
MOST_IDS: Final = 2000
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
RANGE: Final = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")
NUMBER: Final = re.compile(r"\d{1,15}")
OLD: Final = (
    "现场页面的版本太旧，不能再取新的内容；已经填写的内容仍可以送达。请在有网络时重新打开现场页面完成更新。"
)
ANOTHERS: Final = "这些内容是另一位人员的，请由本人登录后送达。"


@served("现场人员取得会话", SERVED, ("GET",))
def session(request: Request) -> HttpResponse:
    """Who is signed in, what time it is, which visits there are. Asking changes nothing."""
    actor = request.actor
    listed = visits.listed(actor)
    numbers = packets.numbers(listed)
    return envelope(
        {
            "account": actor.account,
            "name": actor.name,
            "csrf": get_token(request),
            "now": canonical.moment(clock.now()),
            "epoch": receipts.epoch({"field": "epoch"}),
            "watermark": receipts.watermark(),
            "speaks": SPEAKS,
            "visits": [_listed(each, numbers[each.key]) for each in listed],
            "wipe": _to_be_wiped(request),
        }
    )


def _listed(visit: Visit, number: int) -> dict[str, Any]:
    return {
        "key": visit.key,
        "title": visit.title,
        "occasion": str(visit.occasion),
        "from": visit.first.isoformat(),
        "to": visit.last.isoformat(),
        "state": visit.state,
        "etag": f'"{number}"',
    }


def _to_be_wiped(request: Request) -> bool:
    row = receipts.device(request.GET.get("device", "")[:36])
    return row is not None and row.account_id == request.actor.account and row.to_be_wiped


@served("现场人员取出一次现场的全部内容", SERVED, ("GET",))
def packet(request: Request, visit: str) -> HttpResponse:
    """Everything needed to work without a signal; 304 where the device has it."""
    speaks = spoken(request)
    if speaks is not None and speaks < SPEAKS["packet"][0]:
        raise Old(OLD)
    found = visits.found(request.actor, visit)
    if found is None:
        raise Absent
    since = request.GET.get("since", "")
    number = int(since) if NUMBER.fullmatch(since) else 0
    restored = packets.restored(number, request.GET.get("taken", ""))
    tag = f'"{packets.numbers([found])[found.key]}"'
    if not restored and request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return unchanged(ETag=tag)
    made = packets.packet(found, 0 if restored else number, request.GET.get("book", ""))
    return envelope(made, ETag=f'"{made["number"]}"')


@served("现场人员送达办理事项", SERVED, ("POST",))
def deliver(request: Request) -> HttpResponse:
    """Every act is judged once; answered after commit."""
    told, now = frame(request), clock.now()
    if told.get("account") != request.actor.account:
        raise Elsewhere(ANOTHERS)
    sent = told.get("acts")
    if not isinstance(sent, list):
        raise Invalid(acts.UNREADABLE)
    if len(sent) > acts.MOST:
        raise TooLarge(f"一次最多送达 {acts.MOST} 项，请分开再送。")
    read = acts.read_all(sent, now)
    device = acts.uuid(told.get("device"))
    outcomes = delivery.deliver(sent=read, device=device, by=request.actor, at=now)
    return envelope({"outcomes": outcomes, "watermark": receipts.watermark(), "now": canonical.moment(now)})


@served("现场人员送达影像", SERVED, ("GET", "PUT"))
def picture(request: Request, digest: str) -> HttpResponse:
    """How far a picture has come; one piece more."""
    if not DIGEST.fullmatch(digest):
        raise Absent
    if request.method != "PUT":
        return _standing(uploads.standing(digest, request.actor))
    span = RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if span is None:
        raise Invalid("没有写明分片的位置。")
    start, end, total = map(int, span.groups())
    content = raw(request)
    if end - start + 1 != len(content):
        raise Invalid("分片的长度与所写的位置不符。")
    try:
        row = uploads.piece(
            digest=digest, start=start, total=total, content=content, by=request.actor, at=clock.now()
        )
    except Behind as error:
        return refusal(error, "behind")
    return _standing(row)


def _standing(row: Upload | None) -> HttpResponse:
    if row is not None and row.refused:
        raise Invalid(row.refused)
    return envelope({"have": row.have if row else 0, "complete": bool(row and row.complete)})


@served("现场人员核对已送达的内容", SERVED, ("POST",))
def known(request: Request) -> HttpResponse:
    told, account = frame(request), request.actor.account
    ids, pictures, after = (texts(told.get(name, []), MOST_IDS) for name in ("ids", "pictures", "after"))
    missing = receipts.missing_pictures([each for each in pictures if DIGEST.fullmatch(each)], account)
    awaited = receipts.awaited(after, account)
    return envelope({"missing": receipts.missing(ids, account), "pictures": missing, "after": awaited})


@served("现场人员登记设备", SERVED, ("POST",))
def enrol(request: Request) -> HttpResponse:
    told = frame(request)
    uuid, name = acts.uuid(told.get("device")), texts([told.get("name", "")], 1)[0]
    secret = devices.enrol(uuid=uuid, name=name, by=request.actor, at=clock.now())
    return envelope({"device": uuid, "secret": secret})


@served("本人或者安全管理员要求清除设备", WIPING, ("POST",))
def wipe(request: Request) -> HttpResponse:
    row = devices.ask_wipe(uuid=acts.uuid(frame(request).get("device")), by=request.actor, at=clock.now())
    return envelope({"device": row.uuid, "wipe": True})


@served("设备报告已清除", SERVED, ("POST",))
def wiped(request: Request) -> HttpResponse:
    row = devices.report_wiped(uuid=acts.uuid(frame(request).get("device")), by=request.actor, at=clock.now())
    return envelope({"device": row.uuid, "wipe": False})
