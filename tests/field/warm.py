"""Serves the product from a process that has read it already: to start it anew takes no time.

    python tests/field/warm.py

For every port said on standard input it forks a server in a group of its own, and says its number.
What serves is what `dabiao serve` runs; only the reading of modules is done once and not at every start.
"""

import os
import signal
import sys
import threading

import django

django.setup()

import dabiao.config.wsgi  # noqa: E402, F401  what the workers would read
from dabiao.base import listening  # noqa: E402
from dabiao.config import faces  # noqa: E402

WORKERS = 2


def main() -> None:
    faces.read()
    for each in threading.enumerate():  # nobody is forked in the midst of reading
        if isinstance(each, threading.Timer):
            each.cancel()
            each.join()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever is killed leaves no zombie
    for line in sys.stdin:
        child = os.fork() or _serve(int(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _serve(port: int) -> int:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    listening.serve("127.0.0.1", port, WORKERS, quiet=True)
    os._exit(0)


if __name__ == "__main__":
    main()
