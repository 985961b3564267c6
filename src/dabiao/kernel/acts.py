"""An act is the unit of everything that changes; it is declared once and read by every face.

The declaration feeds the policy table, the journal's words, the API's document and the field protocol.
"""

from dataclasses import dataclass

from dabiao.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Act:
    """`name` is subject.verb and public; `version` grows when the input changes."""

    name: str
    sentence: str  # 谁可以做什么, as the policy table and the history say it
    clause: str
    roles: frozenset[Role]
    version: int = 1

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"


def act(name: str, sentence: str, clause: str, *roles: Role) -> Act:
    return Act(name, sentence, clause, frozenset(roles))
