"""What people do from application to certificate: each act with who may, and where it leads on.

`who`: those of the cast who may ever succeed; anybody else who does is a breach. `on`: the states in which
it is the next useful step, or may be done aside. `pick` chooses what is said where one may choose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dabiao.kernel.actor import Actor
from machine.play import Play

Doing = Callable[[Play, Actor, int], object]
ACTS: "dict[str, Act]" = {}


@dataclass(frozen=True)
class Act:
    name: str
    who: tuple[str, ...]
    do: Doing
    on: dict[str, tuple[str, ...]]
    when: Callable[[Play], bool]
    aside: bool

    def fits(self, play: Play, states: dict[str, str]) -> bool:
        return all(states[kind] in wanted for kind, wanted in self.on.items()) and self.when(play)


def act(
    *who: str, when: Callable[[Play], bool] = lambda _: True, aside: bool = False, **on: str
) -> Callable[[Doing], Doing]:
    """Put it into the list under the name of its function; states are words parted by spaces."""

    def put(do: Doing) -> Doing:
        name, states = do.__name__, {kind: tuple(said.split()) for kind, said in on.items()}
        ACTS[name] = Act(name, who, do, states, when, aside)
        return do

    return put


def able(play: Play, *, aside: bool) -> list[Act]:
    """The useful next steps; or what else could be done here."""
    states = {kind: play.state(kind) for kind in ("case", "review", "grading", "contract")}
    with play.looking():
        return [each for each in ACTS.values() if each.aside == aside and each.fits(play, states)]


def now_and_then(pick: int, often: int) -> bool:
    """One pick in so many says the other thing; 0 never does."""
    return pick % often == often - 1
