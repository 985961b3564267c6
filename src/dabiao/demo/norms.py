"""The standards of the city: what is in force, what is lent, what is due for review, what is being made."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dabiao.demo.cast import Cast
from dabiao.demo.editions.reading import GENERAL, SMALL, Refusal, edition, refusals
from dabiao.demo.story import Story
from dabiao.demo.territory import Territory
from dabiao.kernel.days import months_after
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body
from dabiao.standards.models import Edition, Making, Standard, StandardKind
from dabiao.standards.queries.vetoes import HARD
from dabiao.standards.rules.book import Book
from dabiao.standards.services import drafts, makings, publishing, reviews, uses, vetoes
from dabiao.standards.services import standards as registering

FOOD, RETAIL, FURNITURE = "food", "retail", "furniture"
GARMENT, TAILORS = "garment", "tailors"
MANAGEMENT = ("1", "2", "3", "4", "5", "6", "7", "8")
LEVELS = ("level_2", "level_3")
SHORT = "（示范节选）"


@dataclass(frozen=True, slots=True)
class Cut:
    """An edition cut from one of ours: chapters of it, industries of its own."""

    title: str
    number: str
    chapters: tuple[str, ...]
    industries: tuple[str, ...] = ()
    source: str = GENERAL
    levels: tuple[str, ...] = LEVELS


CUT: dict[str, Cut] = {
    FOOD: Cut(
        "食品加工企业安全生产标准化评定标准（示范）",
        "示范—食品—1",
        (*MANAGEMENT, "9", "10", "11", "12", "13", "14", "16", "17", "18", "19", "20"),
        ("13", "14"),
    ),
    RETAIL: Cut(
        "商业零售经营单位安全生产标准化评定标准（示范）",
        "示范—商业零售—1",
        (*MANAGEMENT, "9", "12", "13", "18", "19"),
        ("52",),
    ),
    FURNITURE: Cut(
        "家具制造企业安全生产标准化评定标准（示范）",
        "示范—家具—1",
        (*MANAGEMENT, "9", "10", "12", "13", "14", "15", "17", "19", "20"),
    ),
    # Short ones, on which whole reviews are told: electricity and fire, and the duties of small firms.
    GARMENT: Cut(f"服装制造企业安全生产标准化评定标准{SHORT}", "示范—服装—1", ("12", "13"), ("18",)),
    TAILORS: Cut(
        f"服装加工小微企业安全生产标准化评定标准{SHORT}",
        "示范—服装小微—1",
        ("1", "5", "6"),
        ("18",),
        SMALL,
        ("small_micro",),
    ),
}
BUREAU, ECONOMY, COMMERCE = str(Role.BUREAU_CITY), str(Role.INDUSTRY_CITY), "industry_city_2"
# Edition → industries it is lent to, and why (proposals of `organisations.data.nearest`).
LENT = {
    GENERAL: (("38", "39", "40"), "机械伤害、起重和用电风险相近"),
    FOOD: (("15",), "食品加工设备、制冷和粉尘风险相近"),
    RETAIL: (("51", "80"), "人员密集场所用电、消防和疏散风险相近"),
}
MACHINERY = ("33", "34", "35", "36")  # use the general edition as their own
LONG_AGO = 64  # months: the retail standard is past its five years


def cut(name: str) -> Book:
    """An edition of its own out of chapters of the general one, saying so in its notes."""
    wanted = CUT[name]
    whole = edition(wanted.source)
    roots = whole.outermost()
    return replace(
        whole,
        title=wanted.title,
        number=wanted.number,
        elements=tuple(each for each in whole.elements if roots[each.key] in wanted.chapters),
        items=tuple(each for each in whole.items if roots[each.element] in wanted.chapters),
        notes=(
            f"一、本标准是随系统提供的示范文本，取自《{whole.title}》中适用于本行业的章，不得作为定级依据。",
            "二、计分、扣分、否决和空项的含义与该标准相同。",
        ),
    )


@dataclass
class Norms:
    """Owners of standards at work. `editions` are those published, by name."""

    story: Story
    land: Territory
    cast: Cast
    editions: dict[str, Edition] = field(default_factory=dict)
    making: Making | None = None

    def plan(self, founding: datetime) -> None:
        """Everything about standards, from the founding day to now."""
        story = self.story
        story.plan(founding, self._publish_all)
        story.plan(story.later(founding, 1), self._refuse_hard)
        story.plan(story.later(founding, 2), self._map)
        story.plan(story.ago(300), self._refuse_ammonia)
        story.plan(story.ago(120), self._open_making)
        story.plan(
            story.ago(75, 15),
            lambda at: self._progress("已收集三十家家具企业的事故和隐患数据，完成条文框架。", at),
        )
        story.plan(story.ago(40), self._chase)
        story.plan(story.ago(30), self._draft)
        story.plan(
            story.ago(28, 16),
            lambda at: self._progress("草案已录入系统，正在征求六个区行业主管部门意见。", at),
        )

    def owner(self, login: str) -> Body:
        return self.cast.body(login)

    def _publish_all(self, at: datetime) -> None:
        day, long_ago = at.date(), months_after(self.story.today, -LONG_AGO)
        self._publish(GENERAL, edition(GENERAL), BUREAU, at, since=day, general=True)
        self._publish(SMALL, edition(SMALL), BUREAU, at, since=day, general=True, levels=("small_micro",))
        self._publish(FOOD, cut(FOOD), ECONOMY, at, since=day)
        self._publish(RETAIL, cut(RETAIL), COMMERCE, at, since=long_ago)
        self._publish(GARMENT, cut(GARMENT), ECONOMY, at, since=day)
        self._publish(TAILORS, cut(TAILORS), ECONOMY, at, since=day, levels=CUT[TAILORS].levels)

    def _publish(
        self,
        name: str,
        book: Book,
        login: str,
        at: datetime,
        *,
        since: date,
        general: bool = False,
        levels: tuple[str, ...] = LEVELS,
    ) -> None:
        """Register, draft and publish in one morning."""
        by = self.cast.actor(login)
        standard = self._register(book, login, at, general=general, levels=levels)
        draft = drafts.open_draft(standard=standard, label="第1版", book=book, by=by, at=at)
        self.editions[name] = publishing.publish(edition=draft, in_force=since, by=by, at=at)

    def _register(
        self, book: Book, login: str, at: datetime, *, levels: tuple[str, ...] = LEVELS, general: bool = False
    ) -> Standard:
        return registering.register(
            number=book.number,
            title=book.title,
            kind=StandardKind.TABLE,
            owner=self.owner(login),
            levels=levels,
            general=general,
            by=self.cast.actor(login),
            at=at,
        )

    def _refuse_hard(self, at: datetime) -> None:
        """Hang the city-wide refusals on the items that ask for them."""
        for name in (GENERAL, SMALL):
            for each in refusals(name):
                for where in self._holding(name, each.veto.item):
                    self._veto(where, each.veto.item, BUREAU, _hard(each), at)

    def _holding(self, name: str, item: str) -> list[str]:
        """The edition and the short ones cut from it, where they have the item."""
        cuts = [each for each in (GARMENT, TAILORS) if CUT[each].source == name]
        having = [each for each in cuts if any(one.key == item for one in cut(each).items)]
        return [name, *having] if item else []

    def _veto(self, name: str, item: str, login: str, wording: vetoes.Wording, at: datetime) -> None:
        vetoes.add(
            department=self.owner(login),
            wording=wording,
            edition=self.editions[name],
            item=item,
            by=self.cast.actor(login),
            at=at,
        )

    def _map(self, at: datetime) -> None:
        own: dict[str, tuple[str, ...]] = {GENERAL: MACHINERY}
        own |= {name: CUT[name].industries for name in (FOOD, RETAIL, GARMENT, TAILORS)}
        for name, industries in own.items():
            for code in industries:
                self._use(name, code, "", at)
        for name, (industries, reason) in LENT.items():
            for code in industries:
                self._use(name, code, reason, at)

    def _use(self, name: str, code: str, reason: str, at: datetime) -> None:
        login = {GENERAL: BUREAU, RETAIL: COMMERCE}.get(name, ECONOMY)
        uses.map_industry(
            industry=self.land.industries[code],
            standard=self.editions[name].standard,
            nearest=bool(reason),
            reason=reason,
            since=at.date(),
            by=self.cast.actor(login),
            at=at,
        )

    def _refuse_ammonia(self, at: datetime) -> None:
        wording = vetoes.Wording(
            text="氨泄漏检测报警装置未设置或者失效仍继续生产的，不得通过标准化评审。",
            since=at.date(),
            basis="《中华人民共和国安全生产法》第三十六条",
            source="key_work",
        )
        self._veto(FOOD, "18.1.2", ECONOMY, wording, at)

    def _open_making(self, at: datetime) -> None:
        self.making = makings.open_making(
            title=CUT[FURNITURE].title.removesuffix("（示范）"),
            department=self.owner(ECONOMY),
            subject=makings.Subject(industry=self.land.industries["21"]),
            due=months_after(self.story.today, 4),
            by=self.cast.actor(ECONOMY),
            at=at,
        )

    def _progress(self, words: str, at: datetime) -> None:
        making = self.making
        assert making is not None  # noqa: S101  opened earlier in the story
        making.refresh_from_db()
        makings.progress(
            making=making, words=words, due=None, version=making.version, by=self.cast.actor(ECONOMY), at=at
        )

    def _chase(self, at: datetime) -> None:
        standard = self.editions[RETAIL].standard
        standard.refresh_from_db()
        reviews.chase(standard=standard, by=self.cast.actor(str(Role.COMMITTEE_CITY)), at=at)

    def _draft(self, at: datetime) -> None:
        """A draft to look at and to go on with."""
        standard = self._register(cut(FURNITURE), ECONOMY, at)
        drafts.open_draft(
            standard=standard, label="征求意见稿", book=cut(FURNITURE), by=self.cast.actor(ECONOMY), at=at
        )


def _hard(refusal: Refusal) -> vetoes.Wording:
    veto = refusal.veto
    return vetoes.Wording(
        text=veto.text,
        since=date.fromisoformat(veto.since),
        basis=veto.clause,
        source=HARD,
        refusal=refusal.refusal,
    )
