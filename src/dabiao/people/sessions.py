"""Sessions as the framework keeps them; only reading one, at every request, is spelled by hand."""

from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as Kept

from dabiao.base import statements

# Real time, not the product's clock: the framework wrote the expiry by it.
_LOAD: Final = (
    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"
)


class SessionStore(Kept):
    def load(self) -> dict[str, Any]:
        """What the session holds; a key that is unknown or over is given up, as the framework does."""
        found = statements.rows(_LOAD, self.session_key)
        if not found:
            self._session_key = None
            return {}
        content: dict[str, Any] = self.decode(found[0][0])
        return content
