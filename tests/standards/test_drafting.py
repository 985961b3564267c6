"""What was confirmed about a draft survives as JSON, and what was not keeps it from being published."""

from dabiao.standards.rules.drafting import Obstacle, Phrase, PhraseKind, Settled, Source, Sum, obstacles

WHO = Settled(1, "示例经办", "2026-03-02T02:00:00.000000Z", "核对过", {"effect": "free"})
PHRASES = (
    Phrase("1", PhraseKind.UNREAD, "1.1", "2", "酌情扣分", "没有读出", row=5, sheet="评分表"),
    Phrase("2", PhraseKind.DOUBTFUL, "1.2", "1", "缺1人扣1分", "没有“每”字", settled=WHO),
)
SOURCE = Source(
    file="ab" * 32, file_name="表.xlsx", remarks=("说明",), rows={"1.1": 5},
    sums=(Sum("合计", 10, 10), Sum("小计", 4, 5)), phrases=PHRASES,
)  # fmt: skip


def test_a_source_is_read_back_as_it_was_written() -> None:
    assert Source.read(SOURCE.plain()) == SOURCE
    assert Source.read({}) == Source()


def test_each_open_thing_is_named_with_its_place() -> None:
    found = [str(each) for each in obstacles(SOURCE, [Obstacle("1.3", "没有考评内容，请填写。", "1.3")])]
    assert found == [
        "评分表 第5行：扣分条款“酌情扣分”尚未由人确认。",
        "小计：合计与文件载明的不一致，请改正分值，或写明理由。",
        "评分办法：尚未确定评分办法和等级界限。",
        "1.3：没有考评内容，请填写。",
    ]


def test_once_all_is_settled_nothing_stands_in_the_way() -> None:
    done = SOURCE.with_phrase("1", WHO).with_sum(1, WHO)
    assert obstacles(Source(phrases=done.phrases, sums=done.sums, scheme=WHO), []) == ()


def test_a_dropped_item_takes_its_open_phrases_and_leaves_the_settled() -> None:
    assert SOURCE.without_item({"key": "1.1"}, 0, WHO).phrases == PHRASES[1:]
    assert SOURCE.without_item({"key": "1.2"}, 1, WHO).phrases == PHRASES
