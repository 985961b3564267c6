"""Sessions as the framework keeps them; only reading one, at every request, is spelled by hand."""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.core import signing

from dabiao.base import statements

# Real time, not the product's clock: the framework wrote the expiry by it.
_LOAD: Final = (
    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"
)

SIGNED: Final = 1024  # texts kept in memory of which the signature has been found to hold


class SessionStore(Kept):
    def load(self) -> dict[str, Any]:
        """What the session holds; a key that is unknown or over is given up, as the framework does."""
        found = statements.rows(_LOAD, self.session_key)
        if not found:
            self._session_key = None
            return {}
        content: dict[str, Any] = self.decode(found[0][0])
        return content

    def decode(self, session_data: Any) -> dict[str, Any]:
        """The same text under the same keys holds the same, so its signature is reckoned once; whether the
        session is there at all is asked at every request."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        try:
            signed = _signed(session_data, self.key_salt, keys)
        except signing.BadSignature:
            return super().decode(session_data)  # which tells the log
        content: dict[str, Any] = self.serializer().loads(signed)
        return content


class _Text:
    """What is signed, as it stands."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=SIGNED)
def _signed(text: str, salt: str, keys: tuple[str | bytes, ...]) -> bytes:
    """The JSON in a session's text, once its signature holds; BadSignature where it does not."""
    key, *others = keys
    content: bytes = signing.loads(text, key, salt, serializer=_Text, fallback_keys=[*others])
    return content
