"""A device as the protocol page describes one: it knows nothing but the addresses and what they answered."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from dabiao.base import canonical
from dabiao.people.models import Account
from sheets import photographs

CONFORMS = {"verdict": "conforms", "deductions": [], "words": "查记录和现场，符合要求", "reason": ""}


def deducted(rule: str, count: int = 1, words: str = "2号机护罩缺失") -> dict[str, Any]:
    used = [{"rule": rule, "count": count, "points": 0, "words": ""}]
    return {"verdict": "deducted", "deductions": used, "words": words, "reason": ""}


def canon(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(tag: str, value: Any) -> str:
    return "sha256:" + hashlib.sha256(tag.encode() + canon(value)).hexdigest()


def root(parts: list[dict[str, str]]) -> str:
    hashes = [digest("dabiao/sheet/leaf\0", [each["kind"], each["key"], each["digest"]]) for each in parts]
    while len(hashes) > 1:
        pairs = [hashes[n : n + 2] for n in range(0, len(hashes), 2)]
        hashes = [digest("dabiao/sheet/node\0", pair) if len(pair) > 1 else pair[0] for pair in pairs]
    return hashes[0]


def parts(packet: dict[str, Any]) -> list[dict[str, str]]:
    """What people sign, from what the packet says: section 7."""
    lines: dict[str, list[Any]] = {
        each["key"]: [] for each in packet["book"]["elements"] if not each.get("parent")
    } | {"": []}
    for line in packet["book"]["lines"]:
        key = line["item"]["key"]
        lines[line["outermost"]].append([key, seen(line, packet["answers"].get(key))])
    return [
        {"kind": "element", "key": key, "digest": digest("dabiao/sheet/part\0", ["element", key, held])}
        for key, held in lines.items()
    ]


def seen(line: dict[str, Any], told: Any) -> Any:
    if not told or not told["verdict"]:
        return {"preset": line["preset"]} if line["preset"] else None
    answer = {name: told[name] for name in ("verdict", "deductions", "words", "reason")}
    rest = {name: told[name] for name in ("by", "done_at", "pictures")}
    return {"answer": answer, **rest}


@dataclass
class Device:
    client: Client
    account: Account
    now: datetime
    uuid: str = field(default_factory=lambda: str(uuid4()))
    order: int = 0

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/field/{path}", headers=headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(f"/field/{path}", json.dumps(body), "application/json", headers=headers)

    def act(self, name: str, visit: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
        self.order += 1
        plain = {
            "id": str(uuid4()),
            "act": name,
            "visit": visit,
            "order": self.order,
            "done_at": canonical.moment(self.now + timedelta(seconds=self.order)),
            "uncertainty": 1500,
            "based_on": 0,
            "where": {"lat": 39.904, "lon": 116.391, "accuracy": 12, "mocked": False},
            "input": given,
        }
        return {**plain, **more}

    def record(self, visit: str, line: str, answer: Any = None, **more: Any) -> dict[str, Any]:
        given = {"line": line, "answer": answer or CONFORMS}
        return self.act("sheets.record_answer@1", visit, given, **more)

    def attach(self, visit: str, line: str, picture: str, caption: str = "") -> dict[str, Any]:
        given = {"line": line, "picture": picture, "caption": caption, "source": "camera"}
        return self.act("sheets.attach_picture@1", visit, given)

    def delivered(self, *acts: dict[str, Any]) -> Any:
        body = {"dabiao": "field/1", "device": self.uuid, "account": self.account.pk, "acts": list(acts)}
        return self.post("acts", body)

    def outcomes(self, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        answered = self.delivered(*acts)
        assert answered.status_code == 200, answered.content.decode()
        return answered.json()["outcomes"]

    def send(self, content: bytes, size: int = 64 * 1024) -> str:
        """A picture, piece by piece; its digest."""
        name = hashlib.sha256(content).hexdigest()
        for start in range(0, len(content), size):
            answered = self.piece(name, content, start, size)
        assert answered.json()["complete"], answered.content.decode()
        return name

    def piece(self, name: str, content: bytes, start: int, size: int) -> Any:
        piece = content[start : start + size]
        span = f"bytes {start}-{start + len(piece) - 1}/{len(content)}"
        return self.client.put(
            f"/field/pictures/{name}", piece, "application/octet-stream", headers={"Content-Range": span}
        )

    def packet(self, visit: str, query: str = "") -> dict[str, Any]:
        answered = self.get(f"visits/{visit}/packet{query}")
        assert answered.status_code == 200, answered.content.decode()
        return answered.json()

    def parts(self, packet: dict[str, Any]) -> list[dict[str, str]]:
        return parts(packet)

    def closing(self, packet: dict[str, Any], *signers: tuple[str, Account]) -> dict[str, Any]:
        parts = self.parts(packet)
        signed = [
            {
                "side": side,
                "account": who.pk,
                "name": who.name,
                "image": self.send(photographs.signature(number)),
                "signed_at": canonical.moment(self.now + timedelta(hours=1)),
                "remark": "",
            }
            for number, (side, who) in enumerate(signers)
        ]
        return {"covered": parts, "root": root(parts), "performance": None, "signatures": signed}
