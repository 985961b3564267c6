"""Acts on accounts, postings, passwords and second factors."""

from dabiao.people.services.accounts import (
    end_posting,
    give_posting,
    lock,
    note_sign_in,
    open_account,
    unlock,
)
from dabiao.people.services.factors import note_enrolled, reset_factor
from dabiao.people.services.passwords import change_first_password, change_password, reset_password

__all__ = [
    "change_first_password",
    "change_password",
    "end_posting",
    "give_posting",
    "lock",
    "note_enrolled",
    "note_sign_in",
    "open_account",
    "reset_factor",
    "reset_password",
    "unlock",
]
