"""The state machine itself: what hypothesis draws, performed, and everything checked after it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import machine.applying
import machine.grading
import machine.reviewing  # noqa: F401  fills the list of acts
import snapshots
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import DabiaoError
from machine.acts import ACTS, Act, able
from machine.invariants import Broken, Frozen, check_all
from machine.play import NothingThere, Play, submitted
from machine.replaying import check_certificates

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WAYS = 24  # picks of what is said; who says it comes on top
HALF = 0.5
MOST = 60  # steps from one start to the next


class Stage:
    """A play, what was seen of it, and the count of everything that came of it."""

    def __init__(self, play: Play) -> None:
        self.play, self.frozen, self.entries = play, Frozen(), -1
        self.count: Counter[str] = Counter()

    def perform(self, act: Act, who: str, pick: int, *, stale: bool = False) -> bool:
        """True if it was done. Refused, it says why in Chinese and has changed nothing."""
        play, before = self.play, _entries()
        play.passes()
        play.stale = stale
        try:
            act.do(play, play.by(who), pick % WAYS)
        except NothingThere:
            return False
        except DabiaoError as error:
            self._refused(act, who, error, before)
            return False
        except Exception as error:
            words = f"{act.name} by {who}: {type(error).__name__} {error}"
            raise Broken("refusals_are_kernel_errors", words) from error
        finally:
            play.stale = False
        if who not in act.who and _entries() != before:
            raise Broken("only_who_may", f"{act.name} by {who}")
        self.count[act.name] += 1
        for kind in ("case", "review", "grading"):
            self.count[f"{kind} {play.state(kind)}"] += 1
        return True

    def _refused(self, act: Act, who: str, error: DabiaoError, before: int) -> None:
        self.count[f"refused {type(error).__name__}"] += 1
        if error.status >= 500 or not CHINESE.search(error.text):
            raise Broken("refusals_are_kernel_errors", f"{act.name} by {who}: {error!r}")
        if act.name not in SEVERAL and _entries() != before:
            raise Broken("refusals_change_nothing", f"{act.name} by {who}: {error.text}")

    def check(self) -> None:
        if self.entries != (now := _entries()):
            self.entries = now
            check_all()
            self.frozen.check()
            check_certificates()

    def onward(self, pick: int) -> str:
        """One useful step by somebody who may; the name of the act."""
        found = able(self.play, aside=False)
        if not found:
            return ""
        act = found[pick % len(found)]
        self.perform(act, who_of(act, pick), pick)
        return act.name


def who_of(act: Act, pick: int) -> str:
    """One of those who may."""
    return act.who[pick // WAYS % len(act.who)]


# Made of several services: what was done before a later one was refused stays, and each was an act.
SEVERAL = {
    *("fill_visit", "fill_review", "fill_recheck", "put_right", "confirm_put_right", "rectify", "guide"),
    *(
        "confirm_findings",
        "answer_extras",
        "answer_remark",
        "draft",
        "tick",
        "patience",
        "let_it_end",
        "dawdle",
    ),
}


def _entries() -> int:
    return JournalEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0


STARTS = (
    ("case", "submitted"),
    ("review", "engaged"),
    ("review", "cleared"),
    ("review", "rectifying"),
    ("grading", "received"),
    ("grading", "consulting"),
    ("grading", "publicised"),
)


def along() -> Iterator[tuple[object, Play]]:
    """From the application straight on, stopping at each of the starts."""
    stage = Stage(submitted())
    for kind, state in STARTS:
        for turn in range(MOST):
            if stage.play.state(kind) == state:
                break
            stage.onward(1 + WAYS * turn)  # with findings
        stage.play.keep()
        yield (kind, state), stage.play


def laid(start: tuple[str, str]) -> Play:
    """As it was when the first of all plays came by."""
    if start not in snapshots.taken:
        with transaction.atomic():
            snapshots.take_along(along)
            transaction.set_rollback(True)
    return snapshots.again(start)


CHANCE = st.integers(0, 2**32 - 1).map(Random)  # what it gives is spread evenly: hypothesis likes the small


@dataclass(frozen=True)
class Bent:
    """From where a play goes on, what it is fond of doing aside, and how often it says no."""

    start: tuple[str, str]
    fond: tuple[str, ...] = ()
    no: float = 0.0


SUBMITTED, ENGAGED, CLEARED, RECTIFYING, RECEIVED, CONSULTING, PUBLICISED = STARTS
BENTS = (
    Bent(SUBMITTED, ("ask_correction", "return_case")),
    Bent(SUBMITTED, no=0.7),
    Bent(SUBMITTED, ("dawdle",)),
    Bent(ENGAGED, no=0.7),
    Bent(ENGAGED, ("enter_consulting",)),
    Bent(CLEARED, ("remark", "think_again", "stand_aside")),
    Bent(RECTIFYING, ("dawdle",)),
    Bent(RECTIFYING, ("ask_extension",)),
    Bent(RECEIVED),
    Bent(RECEIVED, ("return_recheck",), no=0.7),
    Bent(RECEIVED, ("tell_late",)),
    Bent(CONSULTING),
    Bent(CONSULTING, ("doubt_formally", "recall", "relent")),
    Bent(PUBLICISED, ("object_to",), no=0.5),
    Bent(PUBLICISED, ("drop", "acknowledge_copy")),
)


class Machine(RuleBasedStateMachine):
    """`seen`: over all runs, which acts were done, which states were reached, what was refused."""

    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self, bent: Bent) -> None:
        super().__init__()
        self.bent = bent
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.stage = Stage(laid(bent.start))

    @invariant()
    def nothing_is_broken(self) -> None:
        self.stage.check()

    @rule(chance=CHANCE)
    def go_on(self, chance: Random) -> None:
        self._on(chance, 4)

    @rule(chance=CHANCE)
    def turn_aside(self, chance: Random) -> None:
        if found := able(self.stage.play, aside=True):
            self._by_somebody_who_may(chance.choice(found), chance)
        self._on(chance, 2)

    @rule(chance=CHANCE)
    def anybody(self, chance: Random) -> None:
        """Whoever, whatever, whenever; also upon what was seen long ago."""
        for _ in range(3):
            who = chance.choice([*sorted(self.stage.play.world.accounts), "public", "time"])
            act, stale = chance.choice(list(ACTS.values())), chance.random() < HALF
            self.stage.perform(act, who, chance.randrange(WAYS), stale=stale)
        self._on(chance, 1)

    @rule(chance=CHANCE)
    def from_an_old_screen(self, chance: Random) -> None:
        """By somebody who may, upon what they saw when they opened the page; then they open it anew."""
        for act in chance.sample(list(ACTS.values()), 3):
            self._by_somebody_who_may(act, chance, stale=True)
        self.stage.play.keep()
        self._on(chance, 2)

    @rule(chance=CHANCE, days=st.sampled_from((0, 1, 4, 12)))
    def wait(self, chance: Random, days: int) -> None:
        self.stage.play.passes(days)
        self.stage.perform(ACTS["tick"], "time", 0)
        self._on(chance, 2)

    def tour(self, chance: Random, steps: int) -> None:
        """Straight on in its bent, without anybody who may not."""
        for _ in range(steps):
            self._on(chance, 2)
            self.stage.check()

    def _on(self, chance: Random, most: int) -> None:
        for _ in range(chance.randint(1, most)):
            fond = [each for each in able(self.stage.play, aside=True) if each.name in self.bent.fond]
            if fond and chance.random() < HALF:
                self._by_somebody_who_may(chance.choice(fond), chance)
            no = WAYS - 1 if chance.random() < self.bent.no else chance.randrange(WAYS)
            self.stage.onward(no + WAYS * chance.randrange(12))

    def _by_somebody_who_may(self, act: Act, chance: Random, *, stale: bool = False) -> None:
        self.stage.perform(act, chance.choice(act.who), chance.randrange(WAYS), stale=stale)

    def teardown(self) -> None:
        Machine.seen.update(self.stage.count)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
