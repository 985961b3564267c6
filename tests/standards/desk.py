"""A small standard: two elements, three items, one phrase nobody can read; and a desk that owns it."""

from dataclasses import dataclass, replace
from datetime import date

from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Body
from dabiao.standards.models import Edition, Standard
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule, Scheme, Threshold, VetoLevel
from dabiao.standards.services import corrections, drafts, publishing, standards
from dabiao.standards.services.drafts import FromFile
from dabiao.standards.tables.values import Counts, Spot, SumCheck, Understanding, Unread
from world import AT, DAY, World

SCHEME = Scheme(thresholds=(Threshold("level_2", 80_000), Threshold("level_3", 60_000)), basis="示例依据")


def item(key: str, element: str, points: int, *rules: Rule, **more: object) -> Item:
    texts = "；".join(rule.text for rule in rules)
    made = Item(key, element, key, f"第{key}项应当符合要求。", texts, points, rules)
    return replace(made, **more)


BOOK = Book(
    title="示例通用机械评定标准",
    number="SL/T 1—2026",
    scheme=SCHEME,
    elements=(Element("1", "基础管理", "1", points=6000), Element("2", "现场管理", "2", points=4000)),
    items=(
        item(
            "1.1",
            "1",
            2000,
            Rule("1", "无制度的，不得分", Effect.ZERO),
            mandatory=True,
            citation="《安全生产法》",
        ),
        item(
            "1.2",
            "1",
            4000,
            Rule("1", "每缺一人扣1分", Effect.EACH, 1000, "人"),
            Rule("2", "酌情扣分", Effect.FREE),
        ),
        item(
            "2.1",
            "2",
            4000,
            Rule("1", "未设标志的，扣2分", Effect.ONCE, 2000),
            veto=VetoLevel.VETO,
            areas=("confined_space",),
        ),
    ),
)


def understanding(book: Book = BOOK, stated: int = 10_000) -> Understanding:
    """As if the importer had read the book from a file: one phrase unread, one stated sum."""
    return Understanding(
        book=replace(book, scheme=Scheme()),
        counts=Counts(len(book.items), book.full, 2),
        sheets=(),
        columns=(),
        sums=(SumCheck("第9行“合计”", stated, book.full),),
        unread=(Unread(5, "1.2", "酌情扣分", "没有读出扣分方式", "评分表", "2"),),
        doubtful=(),
        remarks=(),
        errors=(),
        rows={each.key: Spot("评分表", 3) for each in book.items},
    )


@dataclass
class Desk:
    """The owner department of a standard at work."""

    world: World
    owner: Body
    actor: Actor

    def register(self, number: str = "SL/T 1—2026", **more: object) -> Standard:
        facts = {"title": "示例通用机械评定标准", "kind": "local", "levels": ["level_2", "level_3"]} | more
        return standards.register(number=number, owner=self.owner, by=self.actor, at=AT, **facts)

    def draft(self, standard: Standard | None = None, book: Book = BOOK, label: str = "2026版") -> Edition:
        return drafts.open_draft(
            standard=standard or self.register(), label=label, book=book, by=self.actor, at=AT
        )

    def imported(self, read: Understanding | None = None) -> Edition:
        return drafts.open_draft_from_table(
            standard=self.register(),
            label="2026版",
            understood=read or understanding(),
            file=FromFile("评分表.xlsx", "ab" * 32),
            by=self.actor,
            at=AT,
        )

    def ready(self, edition: Edition) -> Edition:
        """Everything a person has to confirm is confirmed."""
        for each in edition.source["phrases"]:
            corrections.settle_phrase(edition=edition, phrase=each["id"], rule=None, by=self.actor, at=AT)
        corrections.set_scheme(edition=edition, scheme=SCHEME, by=self.actor, at=AT)
        return Edition.objects.get(pk=edition.pk)

    def published(self, edition: Edition | None = None, in_force: date = DAY) -> Edition:
        return publishing.publish(edition=edition or self.draft(), in_force=in_force, by=self.actor, at=AT)
