"""A dust enterprise whose application has been accepted, with everybody a review and its re-check need."""

from dataclasses import replace
from datetime import date

from creation.applying import Applicant
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import TIME
from dabiao.kernel.points import points
from dabiao.kernel.roles import Role
from dabiao.organisations.permissions import CHANGE_UNIT
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people import services as people
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.models import Review
from dabiao.reviews.services import engaging as notifying
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from editions import published, small_book
from reviews import engaging
from world import AT, PASSWORD, SINCE, World

DUST = "dust_explosion"
MORE = {
    "second": (Role.REVIEWER, "review_unit"),
    "second_city": (Role.INDUSTRY_CITY, "industry_city"),
}
QUALIFIED = {"reviewer": "reviewer", "second": "reviewer", "expert": "expert"}


def accepted(world: World) -> None:
    """A recognised review unit, qualified people, a unit of the trade that has been accepted."""
    published(world, dusty())
    recognising = Recognising(world.bodies["review_unit"], None, "level_2", SINCE, "示例公告")
    recognitions.grant(recognising=recognising, by=world.actor("bureau_city"), at=AT)
    for who, (role, where) in MORE.items():
        account = people.open_account(login=who, name=f"示例{who}", password=PASSWORD, by=TIME, at=AT)
        people.give_posting(account=account, role=role, since=SINCE, body=world.bodies[where], by=TIME, at=AT)
        world.accounts[who] = account
    qualify(world)
    apply(world)


def gated(world: World) -> None:
    """The same, engaged and through the gate: the initial visit found everything in order."""
    accepted(world)
    row = engaging.confirmed(world, engaging.entered(world, engaging.review_told(world)))
    review = Review.objects.get(case=row.case_id)
    notifying.notify(review=review, by=world.actor("review_admin"), at=engaging.SIGNED)
    visit = engaging.begun(world, review)
    engaging.filled(world, visit)
    engaging.closed(world, visit, "clear")


def qualify(world: World) -> None:
    for who, kind in QUALIFIED.items():
        told = Filed(kind, f"示例证{who}", ("机械", "粉尘"), SINCE, date(2029, 1, 1))
        by = world.actor("organizer_lead")
        file_qualification(account=world.accounts[who], told=told, by=by, at=AT)


def apply(world: World) -> None:
    unit, by = world.units["unit"], world.actor("bureau_city")
    with journal.writing(CHANGE_UNIT, by=by, at=AT, on=unit) as w:
        w.change(unit, areas=[DUST])
    applicant = Applicant(world).prepared()
    told = Told("campaign", SINCE, "验收合格", "示例验收意见", which=DUST)
    standing.record(told=told, unit=applicant.unit, by=world.actor("industry_district"), at=AT)
    case = applicant.received(**{"refusals.hard:campaigns": "已验收"})
    applicant.decided(applicant.proposed(case))


def dusty() -> Book:
    """The small edition, with an element on combustible dust."""
    book = small_book()
    rule = Rule("1", "积尘未清扫的，每处扣2分", Effect.EACH, points("2"), "处")
    item = Item("2.2.1", "2.2", "2.2.1", "可燃性粉尘场所定期清扫。", f"{rule.text}。", points("10"), (rule,))
    elements = [replace(each, points=points("60")) if each.key == "2" else each for each in book.elements]
    return replace(
        book,
        elements=(*elements, Element("2.2", "可燃性粉尘", "2.2", "2")),
        items=(*book.items, item),
    )
