"""Acts from the report to the certificate; time, patience, and the public."""

from collections.abc import Callable
from datetime import timedelta

from dabiao.creation import tasks as creation
from dabiao.grading import tasks
from dabiao.grading.models import Bulletin, Copy, Grading, Objection, Opinion
from dabiao.grading.queries import found as findings
from dabiao.grading.rules import outcomes, papers
from dabiao.grading.rules.papers import Checked
from dabiao.grading.services import (
    announcing,
    copies,
    judging,
    objections,
    opinions,
    publicity,
    rechecks,
    refusing,
)
from dabiao.grading.services.objections import Objected
from dabiao.grading.services.opinions import Said
from dabiao.grading.services.rechecks import Visit
from dabiao.grading.services.refusing import Doubt
from dabiao.hazards import tasks as hazards
from dabiao.kernel.actor import TIME, Actor
from dabiao.reviews import tasks as reviews
from dabiao.reviews.models import Report
from dabiao.sheets.services.closing import close_sheet
from machine.acts import act, now_and_then
from machine.applying import evidence
from machine.filling import fill, filled, open_lines
from machine.play import NothingThere, Play

RARE, LONG = 6, 60  # one pick in so many says no; days
ORGANIZER = ("organizer", "both")
LEADS = ("organizer_lead", "second_lead", "both")
CITY = ("industry_city", "second_city")
DISTRICT = ("industry_district", "second_district")
OPINION = ("grading__case__cycle", "grading__review", "grading__unit__industry", "body")
TICKS = (creation.tick, hazards.tick, reviews.tick, tasks.tick)


def _unreceived(play: Play) -> bool:
    return Report.objects.filter(grading=None).exists()


@act("time", review="reported", when=_unreceived)
def tick(play: Play, by: Actor, pick: int) -> object:
    if by != TIME:
        raise NothingThere  # nobody has a button for it
    return [each(play.at) for each in TICKS]


@act("time", review="closed", grading="received audited rechecking rechecked judged consulting publicised")
def let_it_end(play: Play, by: Actor, pick: int) -> object:
    """The review was closed meanwhile."""
    return tick(play, by, pick)


@act("time", aside=True, case="accepted", review="none engaged rectifying confirming closed")
def dawdle(play: Play, by: Actor, pick: int) -> object:
    """Nobody does anything for weeks: limits pass."""
    play.at += timedelta(days=LONG)
    return tick(play, by, pick)


@act(*ORGANIZER, grading="received")
def audit_papers(play: Play, by: Actor, pick: int) -> object:
    grading, points = play.of("grading"), papers.checklist()
    told = {point.id: Checked(met=True) for point in points}
    if now_and_then(pick, RARE):
        told[points[0].id] = Checked(met=False, words="缺签字页")
    shape = {"checked": told, "words": "", "version": grading.version}
    return rechecks.audit_papers(grading=grading, by=by, at=play.at, **shape)


@act(*ORGANIZER, grading="audited", when=lambda play: bool(play.of("grading").papers.met))
def arrange(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    visit = Visit(play.day, play.account("organizer"), [play.account("expert")])
    return rechecks.arrange(grading=grading, visit=visit, version=grading.version, by=by, at=play.at)


@act("organizer", grading="rechecking", when=lambda play: open_lines(play.of("recheck").sheet))
def fill_recheck(play: Play, by: Actor, pick: int) -> object:
    deducted = ("1.2.1",) if pick % 2 else ()
    return fill(play.of("recheck").sheet, by, play.at, *deducted, vetoed=now_and_then(pick, RARE))


@act("organizer", grading="rechecking", when=lambda play: filled(play.of("recheck").sheet))
def close_recheck(play: Play, by: Actor, pick: int) -> object:
    return close_sheet(sheet=play.of("recheck").sheet_id, by=by, at=play.at, side="team")


def _extras_wait(play: Play) -> bool:
    return any("met" not in each or each["met"] is None for each in play.of("recheck").extras)


@act(*ORGANIZER, grading="rechecking", when=_extras_wait)
def answer_extras(play: Play, by: Actor, pick: int) -> object:
    for each in list(play.of("recheck").extras):
        row = play.of("recheck")
        told = {
            "item": each["id"],
            "met": not now_and_then(pick, 8),
            "words": "现场所见",
            "version": row.version,
        }
        rechecks.answer_extra(recheck=row, by=by, at=play.at, **told)
    return None


def _opinion(play: Play, about: str, giver: str) -> Opinion:
    rows = Opinion.objects.filter(grading=play.of("grading"), about=about, giver=giver)
    row = rows.select_related(*OPINION).first()
    if row is None:
        raise NothingThere
    return row


def _waits(about: str, giver: str, *, joined: bool = False) -> Callable[[Play], bool]:
    def ask(play: Play) -> bool:
        rows = Opinion.objects.filter(grading=play.of("grading"), about=about, giver=giver, given_at=None)
        return (rows.filter(joined="") if joined else rows).exists()

    return ask


@act(*DISTRICT, *CITY, grading="rechecking", when=_waits("recheck", "industry_district", joined=True))
def join(play: Play, by: Actor, pick: int) -> object:
    row = _opinion(play, "recheck", "industry_district")
    return opinions.join(opinion=row, people="示例科员", version=row.version, by=by, at=play.at)


@act(*ORGANIZER, grading="rechecking", when=lambda play: play.of("recheck").sheet.state == "closed")
def finish(play: Play, by: Actor, pick: int) -> object:
    grading, majors = play.of("grading"), ["2.1.3"] if now_and_then(pick, RARE) else []
    return rechecks.finish(grading=grading, majors=majors, version=grading.version, by=by, at=play.at)


def _give(play: Play, by: Actor, about: str, giver: str, pick: int) -> object:
    row = _opinion(play, about, giver)
    said = Said(not now_and_then(pick, 8), "意见：示例", "日常监管无异常", "示例科员")
    return opinions.give(opinion=row, said=said, version=row.version, by=by, at=play.at)


@act(*DISTRICT, *CITY, grading="rechecked", when=_waits("recheck", "industry_district"))
def opine_on_recheck(play: Play, by: Actor, pick: int) -> object:
    return _give(play, by, "recheck", "industry_district", pick)


@act(*DISTRICT, *CITY, grading="consulting", when=_waits("attainment", "industry_district"))
def opine_as_district(play: Play, by: Actor, pick: int) -> object:
    return _give(play, by, "attainment", "industry_district", pick)


@act("locality", *DISTRICT, grading="consulting", when=_waits("attainment", "locality"))
def opine_as_locality(play: Play, by: Actor, pick: int) -> object:
    return _give(play, by, "attainment", "locality", pick)


def _outcome(play: Play, pick: int) -> str:
    """What the facts lead to; sometimes another."""
    grading = play.of("grading")
    told = outcomes.obstacles(findings.of_recheck(grading, findings.asked(grading, play.day)))
    if now_and_then(pick, 5):
        return tuple(outcomes.TITLES)[pick % len(outcomes.TITLES)]
    if any(each.final for each in told):
        return outcomes.REFUSE
    return outcomes.BACK[pick % len(outcomes.BACK)] if told else outcomes.PASS


def _seen(play: Play) -> bool:
    """Everything that can be said before is said."""
    rows = Opinion.objects.filter(grading=play.of("grading"), about="recheck", given_at=None)
    papers_ = play.of("grading").papers
    return not rows.exists() and (play.of("grading").state == "rechecked" or not papers_.met)


@act(*ORGANIZER, grading="rechecked audited", when=_seen)
def judge(play: Play, by: Actor, pick: int) -> object:
    grading, outcome = play.of("grading"), _outcome(play, pick)
    formal = ("formality",) if outcome == outcomes.REFUSE and pick % 2 else ()
    opinion = judging.Opinion(outcome, "复核意见：示例", formal)
    told = {"opinion": opinion, "taken": evidence() if formal else None, "version": grading.version}
    return judging.judge(grading=grading, by=by, at=play.at, **told)


@act(*LEADS, grading="judged")
def decide_recheck(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    return judging.decide(grading=grading, version=grading.version, by=by, at=play.at)


@act(*LEADS, aside=True, grading="judged")
def return_recheck(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"reason": "请补充", "version": grading.version}
    return judging.send_back(grading=grading, by=by, at=play.at, **told)


# Publicity, objections, announcement.


def _for(play: Play) -> bool:
    rows = Opinion.objects.filter(grading=play.of("grading"))
    return not rows.filter(given_at=None).exists() and not _against(play)


def _against(play: Play) -> bool:
    grading = play.of("grading")
    upheld = Objection.objects.filter(grading=grading, upheld=True)
    return upheld.exists() or Opinion.objects.filter(grading=grading, agrees=False).exists()


@act(*CITY, grading="consulting", when=_for)
def propose_publicity(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"words": "拟公示", "version": grading.version}
    return publicity.propose(grading=grading, by=by, at=play.at, **told)


@act(*CITY, grading="proposed")
def publish(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    return publicity.publish(grading=grading, version=grading.version, by=by, at=play.at)


@act(*CITY, aside=True, grading="proposed")
def recall(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"reason": "请核对", "version": grading.version}
    return publicity.recall(grading=grading, by=by, at=play.at, **told)


@act("public", aside=True, grading="publicised refusing")
def object_to(play: Play, by: Actor, pick: int) -> object:
    said = Objected(("unit", "department")[now_and_then(pick, 5)], "车间积尘严重")
    return objections.take_in(notice=play.of("grading").notice, said=said, by=by, at=play.at)


def _open_objection(*, stated: bool) -> Callable[[Play], bool]:
    def ask(_: Play) -> bool:
        return Objection.objects.filter(decided_at=None, stated_at__isnull=not stated).exists()

    return ask


@act(*ORGANIZER, *LEADS, grading="publicised refusing", when=_open_objection(stated=False))
def state_facts(play: Play, by: Actor, pick: int) -> object:
    row = play.of("objection")
    told = {"facts": "复核时积尘已清理", "version": row.version}
    return objections.state_facts(objection=row, by=by, at=play.at, **told)


@act(*CITY, "bureau_city", grading="publicised refusing", when=_open_objection(stated=True))
def settle_objection(play: Play, by: Actor, pick: int) -> object:
    row = play.of("objection")
    told = {"upheld": now_and_then(pick, 3), "reply": "经核实", "version": row.version}
    return objections.settle(objection=row, by=by, at=play.at, **told)


@act(*CITY, grading="consulting proposed publicised", when=_against)
def doubt(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"doubt": Doubt("不予定级"), "version": grading.version}
    return refusing.propose(grading=grading, by=by, at=play.at, **told)


@act(*CITY, aside=True, grading="consulting proposed publicised")
def doubt_formally(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"doubt": Doubt("流于形式", ("formality",)), "taken": evidence(), "version": grading.version}
    return refusing.propose(grading=grading, by=by, at=play.at, **told)


@act(*CITY, grading="refusing")
def refuse(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    return refusing.decide(grading=grading, version=grading.version, by=by, at=play.at)


@act(*CITY, aside=True, grading="refusing")
def relent(play: Play, by: Actor, pick: int) -> object:
    grading = play.of("grading")
    told = {"reason": "请再核实", "version": grading.version}
    return refusing.send_back(grading=grading, by=by, at=play.at, **told)


def _runs(play: Play) -> bool:
    ends = play.of("grading").publicity_ends
    return ends is not None and play.day <= ends


@act("time", grading="publicised", when=_runs)
def patience(play: Play, by: Actor, pick: int) -> object:
    """Days pass; the more the higher the pick."""
    play.at += timedelta(days=1 + pick)
    return tick(play, by, pick)


def _undecided(play: Play) -> bool:
    rows = Bulletin.objects.filter(decided_at=None, dropped="")
    return any(play.of("grading").pk in row.gradings for row in rows)


def _over(play: Play) -> bool:
    grading: Grading = play.of("grading")
    stopped = grading.objections.exclude(upheld=False).exists()
    return not _runs(play) and not _undecided(play) and not stopped


@act(*CITY, grading="publicised", when=_over)
def propose_bulletin(play: Play, by: Actor, pick: int) -> object:
    told = {"gradings": [play.of("grading")], "title": "示例公告"}
    return announcing.propose(by=by, at=play.at, **told)


@act(*CITY, grading="publicised", when=_undecided)
def announce(play: Play, by: Actor, pick: int) -> object:
    row = play.of("bulletin")
    return announcing.announce(bulletin=row, version=row.version, by=by, at=play.at)


@act(*CITY, aside=True, grading="publicised", when=_undecided)
def drop(play: Play, by: Actor, pick: int) -> object:
    row = play.of("bulletin")
    return announcing.drop(bulletin=row, reason="另行公告", version=row.version, by=by, at=play.at)


@act(
    "organizer",
    "organizer_lead",
    "second_lead",
    "both",
    "turned_lead",
    "turned_organizer",
    "locality",
    *DISTRICT,
    "turned_district",
    "bureau_district",
    aside=True,
    grading="announced",
)
def acknowledge_copy(play: Play, by: Actor, pick: int) -> object:
    row = Copy.objects.filter(body__in=by.bodies).select_related("bulletin").order_by("id").last()
    if row is None:
        raise NothingThere
    return copies.acknowledge(copy=row, version=row.version, by=by, at=play.at)
