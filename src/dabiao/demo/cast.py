"""Who plays: one login for every role, and the people of every unit that has something to do.

All share one password that everybody reads at the start; it is hashed once, and quickly.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher

from dabiao.base.clock import day_of
from dabiao.demo.firms import HOME, person
from dabiao.demo.mark import PASSWORD
from dabiao.demo.territory import Territory
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, Unit
from dabiao.people import queries, services
from dabiao.people.models import Account

# Role → the key of its body in `territory`; {home} is the main unit's jurisdiction.
OFFICES: dict[Role, str] = {
    Role.REVIEW_ADMIN: "review1",
    Role.REVIEWER: "review1",
    Role.EXPERT: "organizing",
    Role.ORGANIZER: "organizing",
    Role.ORGANIZER_LEAD: "organizing",
    Role.INDUSTRY_CITY: "economy",
    Role.INDUSTRY_DISTRICT: "economy-{home}",
    Role.LOCALITY: "{home}-renhe",
    Role.BUREAU_CITY: "bureau",
    Role.BUREAU_DISTRICT: "bureau-{home}",
    Role.COMMITTEE_CITY: "committee",
    Role.COMMITTEE_DISTRICT: "committee-{home}",
    Role.ENFORCEMENT: "enforcement-{home}",
    Role.SYSTEM_ADMIN: "operator",
    Role.SECURITY_ADMIN: "operator",
    Role.AUDIT_ADMIN: "operator",
}

# Colleagues: who decides what another proposed, who is in the same team, who works at other review units.
SECONDS: tuple[tuple[str, Role, str, str | None], ...] = (
    ("organizer_2", Role.ORGANIZER, "organizing", "另一位经办"),
    ("industry_city_deputy", Role.INDUSTRY_CITY, "economy", "决定同事提出的公示、不予定级、公告；二级核查"),
    (
        "industry_district_deputy",
        Role.INDUSTRY_DISTRICT,
        "economy-{home}",
        "决定同事提出的公示、公告；到现场核查",
    ),
    ("review2_admin", Role.REVIEW_ADMIN, "review2", None),
    ("review3_admin", Role.REVIEW_ADMIN, "review3", None),
)
REVIEWERS, EXPERTS = 40, 20
SHOWN = {"reviewer06": "同一评审单位的另一位评审员"}
QUICK = 1000  # rounds: a password that is printed needs no slow hash, and principals sign with it often

HINTS: dict[Role, str] = {
    Role.REVIEW_ADMIN: "合同确认、通报、初访安排、评审计划、整改",
    Role.REVIEWER: "评审组长：初访、现场评分、整改确认、评审报告",
    Role.EXPERT: "参加现场复核；本人资格",
    Role.ORGANIZER: "受理审核、报告复核、延期、异议事实、存档",
    Role.ORGANIZER_LEAD: "审核决定、复核决定、终止逾期和中止的评审",
    Role.INDUSTRY_CITY: "标准归口；二级的公示、公告",
    Role.INDUSTRY_DISTRICT: "三级和小微的公示、异议、公告；复核派员、意见",
    Role.LOCALITY: "属地意见、评审跟踪、公告抄送",
    Role.BUREAU_CITY: "全市标准、否决项、企业和自评",
    Role.BUREAU_DISTRICT: "本区企业已提交的自评、逾期提醒；核查抽取的随机词",
    Role.COMMITTEE_CITY: "全市进展，催办到期标准",
    Role.COMMITTEE_DISTRICT: "本区进展",
    Role.ENFORCEMENT: "初访移交的重大隐患",
    Role.SYSTEM_ADMIN: "账号、机构和工作日历",
    Role.SECURITY_ADMIN: "任职的授予和终止",
    Role.AUDIT_ADMIN: "留痕台账",
}


@dataclass(frozen=True, slots=True)
class Login:
    """One line of the table of logins."""

    login: str
    role: Role
    body: str
    name: str
    hint: str = ""


@dataclass
class Cast:
    """Accounts by login, and the logins shown to whoever tries the system."""

    since: date
    hashed: str = field(default_factory=lambda: hashed(PASSWORD))
    accounts: dict[str, Account] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)
    _actors: dict[str, Actor] = field(default_factory=dict)
    _places: dict[str, Unit | Body] = field(default_factory=dict)

    def engage(
        self, login: str, name: str, role: Role, where: Unit | Body, at: datetime, *, hint: str | None = None
    ) -> Account:
        """Open an account and post it; with a hint (it may be empty) the login is shown."""
        account = services.open_account(login=login, name=name, hashed=self.hashed, by=self._opener(), at=at)
        place = {"unit": where} if isinstance(where, Unit) else {"body": where}
        services.give_posting(account=account, role=role, since=self.since, by=self._giver(), at=at, **place)
        self.accounts[login], self._places[login] = account, where
        if hint is not None:
            self.logins.append(Login(login, role, where.name, name, hint))
        return account

    def offices(self, land: Territory, dice: Random, at: datetime) -> None:
        """Everybody who works at an authority, a review unit or here; administrators first."""
        first = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
        for role in (*first, *(role for role in OFFICES if role not in first)):
            body = land.bodies[OFFICES[role].format(home=HOME)]
            self.engage(str(role), person(dice), role, body, at, hint=HINTS.get(role, ""))
        for login, role, where, hint in SECONDS:
            self.engage(login, person(dice), role, land.bodies[where.format(home=HOME)], at, hint=hint)
        body = land.bodies["commerce"]
        hint = "归口的商业零售标准已满五年、已被催办"
        self.engage("industry_city_2", person(dice), Role.INDUSTRY_CITY, body, at, hint=hint)

    def reviewers(self, land: Territory, dice: Random, at: datetime) -> None:
        """Reviewers of all review units and experts of all trades, besides those whose login is shown."""
        homes = [body for key, body in land.bodies.items() if key.startswith("review")]
        for number in range(2, REVIEWERS + 1):
            body = homes[number % len(homes)]
            login = f"reviewer{number:02}"
            self.engage(login, person(dice), Role.REVIEWER, body, at, hint=SHOWN.get(login))
        for number in range(2, EXPERTS + 1):
            self.engage(f"expert{number:02}", person(dice), Role.EXPERT, land.bodies["organizing"], at)

    def actor(self, login: str) -> Actor:
        """The person as they act; postings of the story never end, so once is enough."""
        if login not in self._actors:
            self._actors[login] = queries.actor(self.accounts[login], self.since)
        return self._actors[login]

    def body(self, login: str) -> Body:
        """The body somebody of an office works at."""
        place = self._places[login]
        assert isinstance(place, Body)  # noqa: S101  only asked of people of an office
        return place

    def staff(self, body: Body, role: Role) -> list[Account]:
        """Everybody of a body who plays a role, the one whose login is shown first."""
        here = [login for login, place in self._places.items() if place == body]
        return [self.accounts[login] for login in here if login.rstrip("0123456789") == role]

    def _opener(self) -> Actor:
        """The installer, until there is an administrator."""
        return self.actor(Role.SYSTEM_ADMIN) if Role.SYSTEM_ADMIN in self.accounts else TIME

    def _giver(self) -> Actor:
        known = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN} <= set(self.accounts)
        return self.actor(Role.SECURITY_ADMIN) if known else TIME


def hashed(password: str) -> str:
    """As the settings hash, with few rounds where the number of rounds can be chosen."""
    hasher = get_hasher()
    few = {"iterations": QUICK} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    return hasher.encode(password, hasher.salt(), **few)


def gather(at: datetime) -> Cast:
    """A cast without members; what the story does begins on this day."""
    return Cast(since=day_of(at))
