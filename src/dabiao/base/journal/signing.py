"""The key checkpoints are signed with, and checkpoint documents as text."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from dabiao.base import canonical
from dabiao.kernel.errors import Invalid

FORMAT = "dabiao.checkpoint/1"
_TYPES = dict.fromkeys(("number", "first", "last"), int) | dict.fromkeys(
    ("head", "previous", "made_at", "algorithm"), str
)


def key_path() -> Path:
    return Path(settings.DABIAO_DATA) / "checkpoint.key"


def signing_key() -> Ed25519PrivateKey:
    """The key in the data folder, readable by its owner only; made on first use."""
    path = key_path()
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def known_key() -> str:
    """Hex of our public key, or empty where no key has ever been made here."""
    return signing_key().public_key().public_bytes_raw().hex() if key_path().exists() else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A checkpoint's statement. Its text is canonical, so that one text stands for one statement."""

    number: int
    first: int
    last: int
    head: str
    previous: str
    made_at: str
    algorithm: str
    public_key: str = ""
    signature: str = ""

    def signed(self) -> str:
        """The document as text, signed with our key."""
        key = signing_key()
        public = key.public_key().public_bytes_raw().hex()
        statement = {"format": FORMAT, **self._plain(), "public_key": public}
        signature = key.sign(canonical.dumps(statement).encode()).hex()
        return canonical.dumps({**statement, "signature": signature})

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a document and check its signature against the key it names; Invalid where either fails."""
        try:
            plain = canonical.loads(text)
            whole = canonical.dumps(plain) == text.strip() and plain.pop("format") == FORMAT
            found = cls(**plain)
            statement = {"format": FORMAT, **found._plain(), "public_key": found.public_key}
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.public_key))
            key.verify(bytes.fromhex(found.signature), canonical.dumps(statement).encode())
        except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature) as error:
            raise Invalid("存证点文件已损坏或签名无效，请换用原始文件。") from error
        if not whole or any(type(getattr(found, name)) is not kind for name, kind in _TYPES.items()):
            raise Invalid("存证点文件的写法与签发时不同，请换用原始文件。")
        return found

    def _plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _TYPES}
