"""Who is where on a sheet, for colleagues to see. Not an act: nothing is decided by it."""

from datetime import datetime

from dabiao.kernel.actor import Actor
from dabiao.sheets.models import Presence, Sheet


def note_presence(*, sheet: Sheet, line: str, by: Actor, at: datetime) -> None:
    """Remember where this person is; one upsert."""
    Presence.objects.bulk_create(
        [Presence(sheet=sheet, account_id=by.account or 0, line=line, seen_at=at)],
        update_conflicts=True,
        unique_fields=["sheet", "account"],
        update_fields=["line", "seen_at"],
    )
