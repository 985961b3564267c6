"""A reviewer's whole work on site as the field page exports it: answers, pictures, both signatures."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from dabiao.base import canonical
from field.device import CONFORMS, deducted, parts, root
from reviews.placing import ATTENDANCE
from sheets import photographs

LARGE: Final = (2800, 2000)  # more than two pieces
SMALL: Final = (640, 480)
AGO, STEP = timedelta(seconds=1), timedelta(milliseconds=10)  # on the same day at almost any hour
OTHER: Final = str(uuid4())  # the device it was done on
Act = dict[str, Any]


@dataclass
class Luggage:
    """What is taken in by 导入文件, and then delivered; `packet` as the server gave it."""

    account: int
    name: str
    packet: dict[str, Any]
    now: datetime  # the server's: it takes what was done later as done now, and signatures would not match
    acts: list[Act] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        return [each["item"]["key"] for each in self.packet["book"]["lines"]]

    def packed(self) -> "Luggage":
        """Every line answered, one of them deducted, each with a picture; then signed by both sides."""
        for place, line in enumerate(self.lines):
            rules = self.packet["book"]["lines"][place]["item"].get("rules", ())
            answer = deducted(rules[0]["key"]) if place == 1 and rules else CONFORMS
            self._act("sheets.record_answer@1", {"line": line, "answer": answer})
            sha = self._picture(photographs.jpeg(LARGE if place < 2 else SMALL))
            given = {"line": line, "picture": sha, "caption": f"第{place}张", "source": "camera"}
            self._act("sheets.attach_picture@1", given, sha)
        closing, images = self._closing()
        self._act(
            "reviews.conclude@1", {"attendance": ATTENDANCE, "summary": "通报", "closing": closing}, *images
        )
        return self

    def answered(self, line: str, answer: dict[str, Any]) -> "Luggage":
        """One answer more, based on nothing that stands there."""
        self._act("sheets.record_answer@1", {"line": line, "answer": answer})
        return self

    def _act(self, name: str, given: dict[str, Any], *needs: str) -> None:
        order = len(self.acts) + 1
        done = canonical.moment(self.now - AGO + order * STEP)
        act = {
            "id": str(uuid4()),
            "act": name,
            "visit": self.packet["visit"],
            "order": order,
            "done_at": done,
        }
        self.acts.append({**act, "uncertainty": 1500, "based_on": 0, "where": None, "input": given})
        self.needs[act["id"]] = list(needs)

    def _picture(self, content: bytes) -> str:
        sha = hashlib.sha256(content).hexdigest()
        self.pictures[sha] = content
        return sha

    def _closing(self) -> tuple[dict[str, Any], list[str]]:
        covered = parts({**self.packet, "answers": self._answers()})
        signed, images = [], []
        for number, who in enumerate(self._signers()):
            images.append(self._picture(photographs.signature(number)))
            at = canonical.moment(self.now)
            told = {"side": who["side"], "account": who["account"], "name": who["name"], "signed_at": at}
            signed.append({**told, "image": images[-1], "remark": ""})
        closing = {"covered": covered, "root": root(covered), "performance": None, "signatures": signed}
        return closing, images

    def _signers(self) -> list[dict[str, Any]]:
        people = self.packet["people"]
        unit = next(each for each in people if each["side"] == "unit" and each["role"] == "unit_principal")
        return [*(each for each in people if each["side"] == "team"), unit]

    def _answers(self) -> dict[str, Any]:
        """As they will stand, with who and when."""
        found: dict[str, Any] = {}
        for act in self.acts:
            given = act["input"]
            if answer := given.get("answer"):
                found[given["line"]] = {**answer, "by": self.name, "done_at": act["done_at"], "pictures": []}
            else:
                shown = {"digest": given["picture"], "words": given["caption"]}
                found[given["line"]]["pictures"].append(shown)
        return found

    def file(self) -> bytes:
        held = [
            {"act": act, "device": OTHER, "needs": self.needs[act["id"]], "digest": self._digest(act)}
            for act in self.acts
        ]
        pictures = {sha: base64.b64encode(each).decode() for sha, each in self.pictures.items()}
        told = {"dabiao": "dabiao-export/1", "account": self.account, "acts": held, "pictures": pictures}
        return json.dumps(told).encode()

    @staticmethod
    def _digest(act: Act) -> str:
        given = act["input"]
        if "closing" in given:
            return str(given["closing"]["root"])
        return f"sha256:{given['picture']}" if "picture" in given else ""
