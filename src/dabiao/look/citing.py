"""A clause for screens: its title, and its text one tap away; what is no clause of ours stands for itself."""

from dataclasses import dataclass

from dabiao.law import citing


@dataclass(frozen=True, slots=True)
class Cited:
    title: str
    text: str = ""


def cited(clause: str) -> Cited:
    if clause.partition("/")[0] not in citing.instruments():
        return Cited(clause)
    return Cited(citing.clause_title(clause), citing.clause_text(clause))
