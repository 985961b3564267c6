"""What befalls the real server while devices deliver, by chance: each for some questions, then it is over."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

from django.test import Client

from dabiao.base.upkeep import pausing
from dabiao.field import gates
from dabiao.field.rules import acts
from dabiao.look.rates import HERE, Rate

EXPIRED, TOO_LARGE, PAUSED, TOO_OFTEN = 401, 413, 423, 429
KINDS = (EXPIRED, TOO_LARGE, PAUSED, TOO_OFTEN)
HOW_OFTEN = 0.08
MOST = 8  # questions
NEVER = Rate("field", 0, 5, HERE)


@dataclass
class Weather:
    """Until `calm`; `nobody` is a session that has expired."""

    chance: Random
    calm: datetime
    nobody: Client
    kind: int = 0
    left: int = 0
    over: ExitStack = field(default_factory=ExitStack)

    def befall(self, client: Client, now: datetime) -> Client:
        self.left -= 1
        if self.left <= 0:
            self.clear()
            if now < self.calm and self.chance.random() < HOW_OFTEN:
                self.begin(now)
        return self.nobody if self.kind == EXPIRED else client

    def clear(self) -> None:
        self.over.close()
        self.kind = 0

    def begin(self, now: datetime) -> None:
        self.kind, self.left = self.chance.choice(KINDS), self.chance.randint(2, MOST)
        if self.kind == TOO_LARGE:
            self.over.enter_context(patch.object(acts, "MOST", 1))
        if self.kind == TOO_OFTEN:
            self.over.enter_context(patch.object(gates, "OFTEN", NEVER))
        if self.kind == PAUSED:
            pausing.pause(now + timedelta(minutes=self.chance.randint(1, 10)))
            self.over.callback(pausing.resume)
