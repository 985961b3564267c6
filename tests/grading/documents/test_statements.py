"""The statement of a certificate: signed, checked off line, and nothing but the original passes."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dabiao.grading.documents import statements
from dabiao.grading.documents.statements import Statement
from dabiao.kernel.errors import Invalid

KEY = Ed25519PrivateKey.generate()
SAID = Statement("京AQBⅡ1", "示例厂", "91", "level_2", "2026-05-20", "2029-05-20", "示例部门")


def test_what_was_signed_is_read_with_the_public_key() -> None:
    text = statements.sign(SAID, KEY)
    hexadecimal = KEY.public_key().public_bytes_raw().hex()
    assert statements.read(f" {text}\n", statements.public_key(hexadecimal)) == SAID


@pytest.mark.parametrize("break_", ["body", "signature", "format", "key", "empty"])
def test_anything_else_is_refused(break_: str) -> None:
    head, body, signature = statements.sign(SAID, KEY).split(".")
    other = statements.sign(Statement(**{**_plain(), "level": "level_1"}), Ed25519PrivateKey.generate())
    texts = {
        "body": f"{head}.{other.split('.')[1]}.{signature}",
        "signature": f"{head}.{body}.{signature[:-4]}AAAA",
        "format": f"DBZS9.{body}.{signature}",
        "key": other,
        "empty": "",
    }
    with pytest.raises(Invalid):
        statements.read(texts[break_], KEY.public_key())
    with pytest.raises(Invalid):
        statements.public_key("00")


def _plain() -> dict[str, str]:
    return {name: getattr(SAID, name) for name in Statement.__slots__}
