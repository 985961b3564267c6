"""Writers are killed with SIGKILL while they save and acknowledge; is anything acknowledged lost?

    python tests/base/killing.py [--rounds N] [--early]

Runs against DABIAO_DATABASE_URL, which must be migrated. `--early` cuts the protection: acknowledging before
commit, which loses acts. Prints what happened as JSON; exits with 1 if anything acknowledged is lost.
"""

import argparse
import itertools
import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from dabiao.base.journal import entries as journal  # noqa: E402
from dabiao.base.journal import replay, verify  # noqa: E402
from dabiao.base.models import PublicRecord  # noqa: E402
from dabiao.kernel.actor import Actor  # noqa: E402
from dabiao.kernel.acts import act  # noqa: E402

ACT = act("tests.save", "测试保存", "internal/tests")
BY = Actor(7, "示例经办人")
AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--early", action="store_true")
    options = parser.parse_args()
    subject = save(PublicRecord(kind="subject", number="0", since=date(2026, 1, 1), payload={"n": 0}))
    acknowledged = [
        number for turn in range(options.rounds) for number in one_round(turn, subject, options.early)
    ]
    report = look(acknowledged)
    sys.stdout.write(json.dumps(report) + "\n")
    return 1 if report["lost"] else 0


def save(record: PublicRecord) -> PublicRecord:
    with journal.writing(ACT, by=BY, at=AT, on=record) as work:
        return work.create(record)


def one_round(turn: int, subject: PublicRecord, early: bool) -> list[str]:
    """Start a writer, kill it somewhere in its work, and give back what it had acknowledged."""
    chance = random.Random(turn)
    receiving, sending = os.pipe()
    connection.close()
    writer = os.fork()
    if not writer:
        write_for_ever(turn, subject, early, sending)
    os.close(sending)
    with os.fdopen(receiving) as acknowledgements:
        heard = list(itertools.islice(acknowledgements, chance.randint(1, 6)))
        time.sleep(0 if early else chance.random() * 0.004)
        os.kill(writer, signal.SIGKILL)
        heard += [line for line in acknowledgements if line.endswith("\n")]
    os.waitpid(writer, 0)
    return [line.strip() for line in heard]


def write_for_ever(turn: int, subject: PublicRecord, early: bool, sending: int) -> None:
    """Save acts one after the other; an acknowledgement is one line with the number of what was saved."""
    for count in itertools.count():
        number = f"{turn}-{count}"
        with journal.writing(ACT, by=BY, at=AT, on=subject) as work:
            work.create(PublicRecord(kind="kill", number=number, since=date(2026, 1, 1), payload={}))
            work.change(subject, payload={"n": number})
            if early:
                os.write(sending, f"{number}\n".encode())
        if not early:
            os.write(sending, f"{number}\n".encode())


def look(acknowledged: list[str]) -> dict[str, Any]:
    there = set(PublicRecord.objects.filter(kind="kill").values_list("number", flat=True))
    return {
        "acknowledged": len(acknowledged),
        "lost": [number for number in acknowledged if number not in there],
        "verify": verify.verify().status.value,
        "replay": replay.compare().status.value,
    }


if __name__ == "__main__":
    sys.exit(main())
