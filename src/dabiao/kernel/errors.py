"""One tree of errors; each says, in words a person can act on, what is wrong and what to do."""

from collections.abc import Mapping


class DabiaoError(Exception):
    """Root. `status` is what a face answers over HTTP; `text` is shown to the person."""

    status = 400

    def __init__(self, text: str, *, clause: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.clause = clause


class Refused(DabiaoError):
    """Not this person, or not with these facts. Carries the clause where a rule refuses."""

    status = 403


class Absent(DabiaoError):
    """Does not exist for this person: absent and invisible look the same."""

    status = 404

    def __init__(self, text: str = "没有找到您要的内容，可能已移走，或不在您的管辖范围内。") -> None:
        super().__init__(text)


class OutOfTurn(DabiaoError):
    """Right person, wrong time: the thing is not in the state the act needs."""

    status = 409


class Conflict(DabiaoError):
    """Somebody else changed it meanwhile; both sides are kept for the person to see."""

    status = 409

    def __init__(self, text: str, *, theirs: Mapping[str, object] | None = None, version: int = 0) -> None:
        super().__init__(text)
        self.theirs = dict(theirs or {})
        self.version = version


class Invalid(DabiaoError):
    """What was entered cannot be taken. `fields` maps field name -> message beside the field."""

    status = 422

    def __init__(self, text: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.fields = dict(fields or {})


class TooLarge(DabiaoError):
    status = 413


class Paused(DabiaoError):
    """Maintenance; `retry` is in seconds."""

    status = 503

    def __init__(self, text: str, *, retry: int) -> None:
        super().__init__(text)
        self.retry = retry


class TooMany(DabiaoError):
    """Rate limit; `retry` is in seconds."""

    status = 429

    def __init__(self, text: str, *, retry: int) -> None:
        super().__init__(text)
        self.retry = retry
