"""The statement in a certificate's code: signed by our key, checked off line with the published key alone.

DBZS1.<base64url of canonical JSON>.<base64url of the Ed25519 signature over the first two parts>
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dabiao.kernel.digests import canonical
from dabiao.kernel.errors import Invalid

FORMAT: Final = "DBZS1"
PARTS: Final = 3
BROKEN: Final = "不是本系统签发的证书信息，或者内容已被改动。"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a certificate says of itself; whether it has been revoked since only the register knows."""

    number: str
    unit: str
    uscc: str
    level: str
    issued: str  # ISO days
    last: str  # its last day, which still counts
    by: str  # the department

    def holds(self, day: date) -> bool:
        return self.issued <= day.isoformat() <= self.last


def sign(statement: Statement, key: Ed25519PrivateKey) -> str:
    body = f"{FORMAT}.{_text(canonical(asdict(statement)))}"
    return f"{body}.{_text(key.sign(body.encode()))}"


def read(text: str, key: Ed25519PublicKey) -> Statement:
    """The statement, if the signature is good; Invalid for anything else."""
    parts = text.strip().split(".")
    if len(parts) != PARTS or parts[0] != FORMAT:
        raise Invalid(BROKEN)
    try:
        key.verify(_bytes(parts[2]), f"{parts[0]}.{parts[1]}".encode())
        return Statement(**json.loads(_bytes(parts[1])))
    except (InvalidSignature, ValueError, TypeError, binascii.Error) as error:
        raise Invalid(BROKEN) from error


def public_key(hexadecimal: str) -> Ed25519PublicKey:
    """From the key as it is published."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(hexadecimal.strip()))
    except ValueError as error:
        raise Invalid("公钥的写法不对，应为 64 位十六进制。") from error


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
