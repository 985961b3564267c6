"""Check-up of the machine: keys, disk, fonts, algorithms."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from dabiao.base.upkeep.backup import KEYS
from dabiao.base.upkeep.findings import Finding

GIB = 1024**3
LEAST_FREE = 2 * GIB
OTHERS = 0o077
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def open_keys() -> Iterator[Finding]:
    """Keys nobody but their owner may read."""
    for path in (Path(settings.DABIAO_DATA) / name for name in KEYS):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Finding(f"{path.name} 可被其他用户读取", f"执行 chmod 600 {path}，并考虑更换密钥")


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DABIAO_DATA).free
    if free < LEAST_FREE:
        yield Finding(
            f"数据文件夹所在磁盘只剩 {free / GIB:.1f} GB", "清理磁盘或扩容，低于 0.5 GB 时可能无法保存"
        )


def fonts() -> Iterator[Finding]:
    """Chinese PDFs need Noto CJK."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    if not any(_has_cjk(folder) for folder in folders if folder.exists()):
        yield Finding("没有找到 Noto CJK 中文字体，不能生成 PDF", "安装 fonts-noto-cjk 软件包", grave=False)


def _has_cjk(folder: Path) -> bool:
    return any(folder.rglob("Noto*CJK*.[ot]t[cf]"))


def algorithm() -> Iterator[Finding]:
    name = settings.DABIAO_JOURNAL_ALGORITHM
    if name not in hashlib.algorithms_available:
        yield Finding(f"本机的 OpenSSL 不支持台账使用的摘要算法 {name}", "换用支持 SM3 的 OpenSSL 与 Python")
