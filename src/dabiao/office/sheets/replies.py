"""What the sheet's script gets: small JSON, and our errors as JSON too."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final

import orjson
from django.http import HttpResponse

from dabiao.kernel.errors import DabiaoError
from dabiao.look.addresses import Request
from dabiao.look.lean import Lean
from dabiao.office.sheets.drawn import drawn
from dabiao.office.sheets.rows import Row, lost
from dabiao.office.sheets.score import Shown
from dabiao.sheets.rules.values import Sums

View = Callable[..., HttpResponse]
PRIVATE: Final = "private, no-store"


def reply(told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Words go out as they are written: the framework's escapes would take twice their bytes."""
    return Lean(orjson.dumps(told), content_type="application/json", status=status)


def as_json(view: View) -> View:
    """Errors of ours become JSON with their words; the rest stays a fault."""

    @wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except DabiaoError as error:
            response = reply({"text": error.text, "clause": error.clause}, error.status)
        response["Cache-Control"] = PRIVATE
        return response

    return asked


def news(rows: Iterable[Row], totals: Mapping[str, Sums], score: Shown) -> dict[str, Any]:
    """What changed, for the lists and the head: rows as they are drawn, elements as figures."""
    found = list(rows)
    return {
        "rows": {row.key: drawn([row]) for row in found},
        "versions": {row.key: row.version for row in found},
        "elements": {key: {"answered": sums.answered, "lost": lost(sums)} for key, sums in totals.items()},
        "score": score.drawn,
    }
