"""Acts of the application."""

from dabiao.base.files import store
from dabiao.creation.services.cases import auditing, deciding, drafting, receiving, submitting
from dabiao.creation.services.cases.auditing import Opinion
from dabiao.creation.services.cases.receiving import Missing
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Site
from machine.acts import act, now_and_then
from machine.play import Play
from sheets import photographs

HANDLING = ("organizer", "both")
DECIDING = ("organizer_lead", "second_lead", "both", "turned_lead")
RARE = 4


def evidence() -> store.Taken:
    return store.take_in([photographs.pdf()])


@act(*HANDLING, case="submitted")
def receive(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return receiving.receive(case=case, version=case.version, by=by, at=play.at)


@act(*HANDLING, aside=True, case="submitted received")
def ask_correction(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    items = [Missing("材料", "请补交培训记录")]
    return receiving.ask_correction(case=case, items=items, version=case.version, by=by, at=play.at)


@act("officer", case="correcting")
def complete(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return submitting.complete(case=case, words="已补交", version=case.version, by=by, at=play.at)


@act(*HANDLING, case="received")
def propose_case(play: Play, by: Actor, pick: int) -> object:
    case, no = play.of("case"), now_and_then(pick, RARE)
    grounds = ("formality",) if no else ()
    opinion = Opinion("refused" if no else "accepted", "审核意见：示例", grounds)
    told = {"opinion": opinion, "taken": evidence() if no else None}
    return auditing.propose(case=case, version=case.version, by=by, at=play.at, **told)


@act(*DECIDING, case="proposed")
def decide_case(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return deciding.decide(case=case, version=case.version, by=by, at=play.at)


@act(*DECIDING, aside=True, case="proposed")
def return_case(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return deciding.send_back(case=case, reason="请再核实", version=case.version, by=by, at=play.at)


@act("officer", "principal", aside=True, case="submitted correcting received proposed")
def withdraw_case(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return submitting.withdraw(case=case, reason="材料另行准备", version=case.version, by=by, at=play.at)


@act("officer", case="refused withdrawn closed failed attained")
def draft(play: Play, by: Actor, pick: int) -> object:
    unit = play.of("case").unit
    sites = list(Site.objects.filter(unit=unit))
    case = drafting.draft(unit=unit, level="level_2", sites=sites, by=by, at=play.at)
    statements = {"refusals.hard:campaigns": "已验收"}
    return drafting.state_conditions(
        case=case, statements=statements, version=case.version, by=by, at=play.at
    )


@act("principal", case="draft")
def submit(play: Play, by: Actor, pick: int) -> object:
    case = play.of("case")
    return submitting.submit(case=case, version=case.version, by=by, at=play.at)
