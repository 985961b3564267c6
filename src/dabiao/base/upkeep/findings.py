"""What a check-up finds: what is wrong and what to do about it, in words an operator can act on."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`grave` means the product does not work rightly or data is at risk; otherwise it is advice."""

    what: str
    todo: str
    grave: bool = True

    def plain(self) -> dict[str, object]:
        return asdict(self)
