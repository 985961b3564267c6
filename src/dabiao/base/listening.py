"""Listening on a port: whether it can be had, and serving on it. Needs no settings, so it costs no time."""

import errno
import socket
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dabiao.kernel.errors import DabiaoError

APPLICATION: Final = "dabiao.config.wsgi:application"
BLOCKING_THREADS: Final = 4


class NotReady(DabiaoError):
    """The surroundings are not as they must be; the text says what to do."""

    status = 503


def free_port(host: str, port: int) -> None:
    """NotReady with what to do where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotReady(f"{host}:{port} 不能使用：{_why(error)}") from error


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "端口已被占用。可能已经启动过一次；请先停止占用它的程序，或者换一个端口。"
    if error.errno == errno.EACCES:
        return "没有权限使用这个端口，请改用 1024 以上的端口。"
    return "地址不是本机的，或者格式不对，请核对。"


def serve(host: str, port: int, workers: int, *, quiet: bool = False) -> None:
    """Serve until stopped (Ctrl-C or SIGTERM)."""
    told: dict[str, Any] = {"log_level": LogLevels.warning} if quiet else {}
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        **told,
    ).serve()
