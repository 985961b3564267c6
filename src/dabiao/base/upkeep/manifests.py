"""What a backup holds: every file with its size and SHA-256, under a digest of the list itself."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dabiao.base import canonical
from dabiao.kernel.errors import Invalid

NAME = "manifest.json"
FORMAT = "dabiao.backup/1"
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: path inside the folder -> [size, SHA-256]; `last` and `head`: where the journal stood."""

    vendor: str
    made_at: str
    last: int
    head: str
    files: dict[str, list[Any]]

    @property
    def digest(self) -> str:
        return canonical.digest(canonical.dumps({"format": FORMAT, **asdict(self)}), "sha256")

    def write(self, folder: Path) -> None:
        """The list is written last: a backup without one is unfinished."""
        plain = {"format": FORMAT, **asdict(self), "digest": self.digest}
        (folder / NAME).write_text(json.dumps(plain, ensure_ascii=False, indent=1), "utf-8")


def gather(folder: Path, vendor: str, at: datetime, place: tuple[int, str]) -> Manifest:
    """The list of everything in the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    files = {path.relative_to(folder).as_posix(): [path.stat().st_size, digest_of(path)] for path in paths}
    return Manifest(vendor, canonical.moment(at), *place, files)


def read(folder: Path) -> Manifest:
    """Read a folder's list and check every file against it; Invalid names what is damaged."""
    try:
        plain = json.loads((folder / NAME).read_text("utf-8"))
        stated, form = plain.pop("digest"), plain.pop("format")
        found = Manifest(**plain)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(f"{folder} 里没有可读的备份清单 {NAME}，备份未完成或已损坏。") from error
    if stated != found.digest or form != FORMAT:
        raise Invalid("备份清单与它自己的摘要不符，备份已损坏，请换用另一份。")
    if damaged := [
        path for path, (size, digest) in found.files.items() if not _whole(folder / path, size, digest)
    ]:
        raise Invalid(
            f"备份已损坏，有 {len(damaged)} 个文件缺失或被改动，例如 {damaged[0]}。请换用另一份备份。"
        )
    return found


def digest_of(path: Path) -> str:
    reckoned = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            reckoned.update(block)
    return reckoned.hexdigest()


def _whole(path: Path, size: int, digest: str) -> bool:
    return path.is_file() and path.stat().st_size == size and digest_of(path) == digest
