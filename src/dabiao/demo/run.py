"""`make demo`: everything up to date, the city there, addresses and logins told, then served.

Run as `python -m dabiao.demo.run [--port N]`. Keeps whatever the database already holds.
"""

import argparse
import os
import sys
from importlib import import_module

import django

HOST, PORT, WORKERS = "127.0.0.1", 8000, 1


def main() -> int:
    os.environ.setdefault("DABIAO_ENV", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
    port = asked()
    django.setup()
    # What lies behind needs the settings to stand.
    return int(import_module("dabiao.demo.opening").run(HOST, port, WORKERS))


def asked() -> int:
    """The port, from `--port` or DABIAO_PORT."""
    parser = argparse.ArgumentParser(prog="make demo", description="启动演示城市", add_help=False)
    parser.add_argument("--port", type=int, default=os.environ.get("DABIAO_PORT", PORT))
    return int(parser.parse_args().port)


if __name__ == "__main__":
    sys.exit(main())
