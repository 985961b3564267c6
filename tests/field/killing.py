"""The server, or PostgreSQL under it, is killed with SIGKILL while devices deliver; what becomes of it?

    python tests/field/killing.py [--kills N] [--cluster FOLDER --port N] [--cut]

Runs `dabiao serve` on DABIAO_DATABASE_URL, which must be migrated and empty. Devices deliver answers, edits,
pictures in pieces; killed is the process group of the server, or with `--cluster` the PostgreSQL there, by
turns the postmaster alone and everything at once. It is started again, and they go on with what was not
acknowledged. In the end all of it is delivered and the sweeper goes round. `--cut` serves with answers sent
before commit (base/cut_settings.py). Prints what came of it as JSON; exits with 1 if anything is lost.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from dabiao.base.clock import now  # noqa: E402
from dabiao.field.services import uploads  # noqa: E402
from field.cluster import Cluster, free_port  # noqa: E402
from field.delivering import Deliverer, Site  # noqa: E402
from field.kept import look  # noqa: E402
from field.serving import served, warmed  # noqa: E402
from reviews.placing import began, placed  # noqa: E402
from world import build  # noqa: E402

SHARES = (("reviewer", ("1.1.1", "1.1.2")), ("second", ("1.2.1", "2.1.1")), ("reviewer", ("2.1.3",)))
PATIENCE = 90
MOMENT = 0.5  # seconds at most from what was delivered to the kill


def main() -> int:
    asked = _asked()
    os.environ["DABIAO_SECOND_FACTOR"] = "optional"  # for the product served
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by it
    site = Site(free_port())
    devices = gather(site)
    connection.close()
    cluster = Cluster(Path(asked.cluster), asked.port) if asked.cluster else None
    with working(devices, site):
        if cluster:
            kill_databases(devices, site, cluster, asked.kills)
        else:
            kill_servers(devices, site, asked.kills, asked.cut)
    connection.close()
    uploads.sweep(now() + timedelta(days=31))
    report = look(devices)
    sys.stdout.write(json.dumps({"kills": asked.kills, **report}, ensure_ascii=False) + "\n")
    return 1 if report["lost"] else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--cluster", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cut", action="store_true")
    return parser.parse_args()


def gather(site: Site) -> list[Deliverer]:
    """Three devices of two people, each with lines of its own on one sheet."""
    review = began(placed(build()))
    made = []
    for number, (who, lines) in enumerate(SHARES):
        client = Client()
        client.force_login(review.account(who), backend="dabiao.people.sign_in.Backend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        account = review.account(who).pk
        made.append(Deliverer(site, number, account, session, f"review-{review.key}", lines))
    return made


@contextmanager
def working(devices: list[Deliverer], site: Site) -> Iterator[None]:
    """They deliver all the while."""
    threads = [Thread(target=each.work) for each in devices]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        site.left.set()
        for each in threads:
            each.join()
    if wrong := [each.wrong for each in devices if each.wrong]:
        raise RuntimeError(wrong[0])


def kill_servers(devices: list[Deliverer], site: Site, kills: int, cut: bool) -> None:
    """The first as people start it, the others from a process that has read the product already."""
    with warmed() as again:
        for turn in range(kills):
            with again(site.port) if turn and not cut else served(site.port, cut=cut):
                await_deliveries(devices)
                time.sleep(0 if cut else random.Random(turn).random() * MOMENT)
        if not cut:
            with again(site.port):
                drain(devices, site)


def kill_databases(devices: list[Deliverer], site: Site, cluster: Cluster, kills: int) -> None:
    """The server lives on, and finds its database again by itself."""
    with served(site.port):
        for turn in range(kills):
            await_deliveries(devices)
            time.sleep(random.Random(turn).random() * MOMENT)
            cluster.kill(all_of_it=turn % 2 == 1)
            cluster.start()
        drain(devices, site)


def await_deliveries(devices: list[Deliverer]) -> None:
    """Until every device has been told of something in this round."""
    before, until = [each.told for each in devices], time.monotonic() + PATIENCE
    while any(each.told == count for each, count in zip(devices, before, strict=True)):
        if time.monotonic() > until or any(each.wrong for each in devices):
            raise RuntimeError(
                f"nothing was delivered: {[each.wrong or each.last_heard for each in devices]}"
            )
        time.sleep(0.01)


def drain(devices: list[Deliverer], site: Site) -> None:
    site.over.set()
    until = time.monotonic() + PATIENCE
    while not all(each.idle.is_set() for each in devices):
        if time.monotonic() > until:
            raise RuntimeError("what was left was not delivered")
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
