"""Invented books, rulebooks and answers: small makers for examples, strategies for properties."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from dabiao.kernel.points import points
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import (
    Book,
    Effect,
    Element,
    Group,
    Item,
    Rule,
    Scheme,
    SchemeKind,
    Threshold,
    VetoLevel,
)
from dabiao.standards.rules.rulebook import Line, Rulebook, Veto

QUICK = settings(max_examples=25, derandomize=True, deadline=None)

THREE = (Threshold("level_1", 90_000), Threshold("level_2", 75_000), Threshold("level_3", 60_000))
RATE = Scheme(SchemeKind.RATE, THREE, basis="示例标准/4.2", confirmed=True)
GRADES = (Threshold("A", 90_000), Threshold("B", 80_000), Threshold("C", 700_000))
TWO_GROUPS = Scheme(SchemeKind.TWO_GROUPS, GRADES, basis="DB11/T 1322.1—2017", confirmed=True)

CONFORMS = Answer(Verdict.CONFORMS)
ABSENT = Answer(Verdict.NOT_APPLICABLE, reason="没有该设备")


def rule(key="1", effect=Effect.EACH, amount="1", **more):
    return Rule(key, more.pop("text", f"示例条款{key}"), effect, points(amount), **more)


def item(key="1", full="10", *rules, element="a", **more):
    return Item(key, element, more.pop("number", key), f"示例要求{key}", "", points(full), rules, **more)


def book(*items, scheme=RATE, elements=None):
    keys = dict.fromkeys(each.element for each in items)
    shown = elements or tuple(Element(key, f"要素{key}") for key in keys)
    return Book("示例标准", "SL-1", scheme, shown, tuple(items))


def rulebook(*items, scheme=RATE, elements=None, **more):
    return Rulebook(book(*items, scheme=scheme, elements=elements), "SL-1", "2026-03-02", **more)


def deducted(*uses, words="现场发现问题"):
    """Each use is a rule's key, or (key, count), or a Deduction."""
    made = [
        use if isinstance(use, Deduction) else Deduction(*((use,) if isinstance(use, str) else use))
        for use in uses
    ]
    return Answer(Verdict.DEDUCTED, tuple(made), words)


def grouped(basic="500", onsite="500"):
    """Two items, one a group, each losing what a FREE rule says."""
    elements = (Element("a", "基础管理", group=Group.BASIC), Element("b", "现场安全技术", group=Group.ONSITE))
    free = rule("1", Effect.FREE, "0")
    items = (item("1", basic, free, element="a"), item("2", onsite, free, element="b"))
    return rulebook(*items, scheme=TWO_GROUPS, elements=elements)


def losing(amount):
    return deducted(Deduction("1", points=points(amount)))


amounts = st.integers(1, 20_000)


@st.composite
def rules(draw, key):
    effect = draw(st.sampled_from(Effect))
    return Rule(
        key,
        f"条款{key}",
        effect,
        points=draw(amounts) if effect in {Effect.EACH, Effect.ONCE} else 0,
        extra=draw(st.sampled_from((0, 0, 1_000, 10_000))),
        exhausted=draw(st.booleans()),
        total=draw(st.sampled_from((0, 0, 0, 20_000))),
    )


@st.composite
def items(draw, key, element):
    made = [draw(rules(str(each + 1))) for each in range(draw(st.integers(0, 4)))]
    areas = draw(st.sampled_from(((), (), (), ("dust",), ("ammonia", "dust"))))
    veto = draw(st.sampled_from((VetoLevel.NONE,) * 8 + (VetoLevel.VETO, VetoLevel.FIRST)))
    return Item(key, element, key, f"要求{key}", "", draw(amounts), tuple(made), veto=veto, areas=areas)


@st.composite
def elements(draw):
    """Outermost e0, e1 …, each with an inner one; groups alternate."""
    groups = (Group.BASIC, Group.ONSITE)
    outer = [Element(f"e{at}", f"要素{at}", group=groups[at % 2]) for at in range(draw(st.integers(1, 4)))]
    inner = [Element(f"{each.key}.1", "内层", parent=each.key) for each in outer]
    return (*outer, *inner)


@st.composite
def rulebooks(draw):
    made = draw(elements())
    places = [draw(st.sampled_from(made)).key for _ in range(draw(st.integers(1, 8)))]
    held = tuple(draw(items(f"i{at}", place)) for at, place in enumerate(places))
    scheme = draw(st.sampled_from((RATE, TWO_GROUPS, replace(RATE, zero_exhausts=True))))
    free = Veto("free", "未建立应急预案", "2024-07-01", "uplift/2")
    dynamic = Veto("dynamic", "重点工作", "2025-01-01", "uplift/2", item="i0")
    vetoes = draw(st.sampled_from(((), (), (free,), (dynamic,), (free, dynamic))))
    areas = draw(st.sampled_from((None, (), ("dust",))))
    return Rulebook(Book("示例", "SL-1", scheme, made, held), "SL-1", "2026-03-02", vetoes, areas)


def _hand_set(rule):
    return amounts if rule.effect is Effect.FREE else st.just(0)


def answers_to(line: Line):
    uses = [
        st.builds(
            Deduction,
            st.just(each.key),
            st.integers(1, 4),
            amounts if each.effect is Effect.FREE else st.just(0),
        )
        for each in line.item.rules
    ]
    chosen = st.lists(st.one_of(uses), max_size=4) if uses else st.just([])
    some = chosen.map(lambda used: Answer(Verdict.DEDUCTED, tuple(used), "发现问题"))
    return st.one_of(st.just(CONFORMS), st.just(ABSENT), some, some)


@st.composite
def filled(draw, whole=False):
    """A rulebook with answers to some of its lines, or to all of them that are in scope."""
    made = draw(rulebooks())
    given = {}
    for line in made.lines():
        if (whole and not line.preset) or draw(st.booleans()):
            given[line.key] = draw(answers_to(line))
    return made, given
