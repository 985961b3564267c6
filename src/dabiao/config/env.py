"""What the surroundings decide: database, data folder, clock, keys. Read once, typed, nowhere else."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import ParseResult, parse_qsl, unquote, urlparse

SQLITE_BUSY_SECONDS = 20
_SHIFT = re.compile(r"[+-]?\d{1,6}[dh]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Env:
    database_url: str
    data: Path
    clock: str
    development: bool
    secret_key: str
    hosts: tuple[str, ...]
    https: bool
    second_factor: str  # required, optional, or empty: required but in a demonstration city
    idle: int  # minutes without a request after which a session ends
    idle_admin: int
    field_quota: int  # MB somebody may send for the field page before an act names them
    sessions_admin: int  # how many sessions an administrator has at once; 0: any number


def read() -> Env:
    """Read the environment; the secret key is made on first use and kept in the data folder."""
    data = Path(os.environ.get("DABIAO_DATA", "var")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    return Env(
        database_url=os.environ.get("DABIAO_DATABASE_URL", f"sqlite:///{data / 'dabiao.sqlite3'}"),
        data=data,
        clock=_shift(),
        development=os.environ.get("DABIAO_ENV", "production") == "development",
        secret_key=os.environ.get("DABIAO_SECRET_KEY") or kept_secret(data / "secret.key"),
        hosts=tuple(os.environ.get("DABIAO_HOSTS", "127.0.0.1,localhost").split(",")),
        https=os.environ.get("DABIAO_HTTPS", "") == "1",
        second_factor=os.environ.get("DABIAO_SECOND_FACTOR", ""),
        idle=_whole("DABIAO_IDLE", 480),
        idle_admin=_whole("DABIAO_IDLE_ADMIN", 15),
        field_quota=_whole("DABIAO_FIELD_QUOTA", 4096),
        sessions_admin=_whole("DABIAO_SESSIONS_ADMIN", 3),
    )


def _whole(name: str, usual: int) -> int:
    """A number from 0 on; SystemExit with what to write where it is none."""
    said = os.environ.get(name, str(usual)).strip()
    if not (said.isascii() and said.isdecimal()):
        raise SystemExit(f"{name} 应为不小于零的整数，如 {usual}，现为“{said}”，请改正后再运行。")
    return int(said)


def _shift() -> str:
    """How the clock is shifted (`base.clock`), as written, or "@" and the file that says so; SystemExit where
    that cannot be read."""
    said = os.environ.get("DABIAO_CLOCK", "").strip()
    if said and not (_SHIFT.fullmatch(said) or (said[0] == "@" and Path(said[1:]).is_file())):
        raise SystemExit(f"DABIAO_CLOCK 应写成“+400d”或“-36h”，现为“{said}”，请改正后再运行。")
    return said


def kept_secret(path: Path) -> str:
    """A random secret kept beside the data, readable by the owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for sqlite:///path or postgresql://user:pass@host:port/name."""
    parsed = urlparse(url)
    if parsed.scheme == "sqlite":
        return _sqlite(unquote(parsed.path)[1:])
    if parsed.scheme in {"postgresql", "postgres"}:
        return _postgresql(parsed)
    raise SystemExit(f"DABIAO_DATABASE_URL 只支持 sqlite:/// 与 postgresql://，收到：{parsed.scheme}://")


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            # Without IMMEDIATE one in twenty writers fails with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
            "PRAGMA journal_size_limit=67108864;",  # a log grown by a bulk act becomes small again
        },
        "CONN_MAX_AGE": None,
    }


def _postgresql(parsed: ParseResult) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parsed.path)[1:],
        "USER": unquote(parsed.username or ""),
        "PASSWORD": unquote(parsed.password or ""),
        "HOST": parsed.hostname or "",
        "PORT": str(parsed.port or ""),
        # Compiling a statement (jit) takes longer than any statement of a page does; so does trying every
        # order of joins of one that fetches a thing with all it belongs to (15 of 17 ms): it is read by key.
        # The driver keeps statements only with a threshold, whichever; base.statements alone asks for it.
        "OPTIONS": {
            "options": "-c jit=off -c join_collapse_limit=4",
            "prepare_threshold": 5,
            **dict(parse_qsl(parsed.query)),
        },
        "CONN_MAX_AGE": 600,
        "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
    }
