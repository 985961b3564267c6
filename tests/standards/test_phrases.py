"""Deduction phrases, every kind of spec/scoring.md and the ways authorities vary them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.standards.rules.book import Effect, Rule
from dabiao.standards.rules.clauses import split
from dabiao.standards.rules.phrases import Reading, read_method


def only(method: str, points: int | None = None) -> Rule:
    (rule,) = read_method(method, points).rules
    return rule


@pytest.mark.parametrize(
    "phrase",
    [
        "未制定的，不得分",
        "本项不得分",
        "未制定的不给分",
        "未制定的，得0分",
        "未制定制度（不得分）",
        "未 制 定 的，不 得 分",
        "未制定的，扣除全部分值",
        "该项分值全扣",
        "发现重大隐患，全项不得分",
    ],
)
def test_the_item_scores_nothing(phrase: str) -> None:
    rule = only(phrase)
    assert (rule.effect, rule.extra, rule.total, rule.exhausted) == (Effect.ZERO, 0, 0, False)


@pytest.mark.parametrize(
    ("phrase", "unit", "points"),
    [
        ("不符合要求的，每处扣2分", "处", 2000),
        ("每缺一项扣0.5分", "项", 500),
        ("未持证上岗的，每人次扣２分", "人次", 2000),
        ("未检验的，每台套扣两分", "台套", 2000),
        ("未掌握职责的，每人扣1分", "人", 1000),
        ("不准确的，每个工作票扣1分", "个", 1000),
        ("每少一个部门和基层单位识别的，扣1分", "个", 1000),
        ("健康检查每少一人次，扣1分", "人次", 1000),
        ("范围每缺少一类，扣 2 分", "类", 2000),
        ("计划内容缺失的，每缺一个方面扣1分", "个", 1000),
        ("每项隐患整改措施针对性不强的，扣1分", "项", 1000),
        ("少报、漏报每项扣2分", "项", 2000),
        ("资料不齐全的，每次（项）扣1分", "次", 1000),
        ("内容不全（每处）扣1分", "处", 1000),
        ("每逾期一天扣0.5分", "天", 500),
        ("每超期1个月扣1分", "个月", 1000),
        ("每推迟一个月扣1分", "个月", 1000),
        ("每错一项，扣0.5分", "项", 500),
        ("每少签一人扣1分", "人", 1000),
        ("灭火器每具失效扣1分", "具", 1000),
        ("每处扣1分，扣完本项分值为止", "处", 1000),
        ("每项不符合扣1分,直至扣完本条得分", "项", 1000),
        ("不合格，扣1分/处", "处", 1000),
        ("每处扣1分，扣完为止", "处", 1000),
        ("缺少识别、获取等内容的，每缺少一项扣1分", "项", 1000),
        ("内容不全，\n每处扣1.5分", "处", 1500),
    ],
)
def test_so_much_for_each(phrase: str, unit: str, points: int) -> None:
    reading = read_method(phrase)
    (rule,) = reading.rules
    assert (rule.effect, rule.unit, rule.points) == (Effect.EACH, unit, points)
    assert not reading.unread
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [
        ("缺一个基层单位的实施计划的，扣1分", "个"),
        ("各类检查缺少一次，扣2分", "次"),
        ("缺少一项危险作业规定的，扣5分", "项"),
        ("有一处不符合要求的，扣1分", "处"),
        ("漏检1人，扣1分", "人"),
        ("未培训1人扣2分", "人"),
        ("不符合一项扣1分", "项"),
        ("错误一处扣1分", "处"),
        ("缺一季度扣2分", "季度"),
        ("结果未存档的，一次扣1分", "次"),
        ("未审查的，一个项目扣3分", "个"),
        ("主要负责人、安全员未培训的，各扣1分", "项"),
    ],
)
def test_each_without_the_word_each_is_read_and_shown(phrase: str, unit: str) -> None:
    reading = read_method(phrase)
    (rule,) = reading.rules
    assert (rule.effect, rule.unit) == (Effect.EACH, unit)
    assert [each.rule for each in reading.doubtful] == ["1"]


@pytest.mark.parametrize(
    ("phrase", "points"),
    [
        ("未考核的，扣2分", 2000),
        ("内容不全的扣十五分", 15000),
        ("未每月进行风险分析的，扣1分", 1000),
        ("少于每年一次的，扣5分", 5000),
        ("企业未进行统一协调的，扣3分", 3000),
        ("没有实行档案管理的，扣10分", 10000),
        ("未建立的，扣半分", 500),
    ],
)
def test_so_much_once(phrase: str, points: int) -> None:
    reading = read_method(phrase)
    assert reading.rules == (Rule("1", phrase, Effect.ONCE, points=points),)
    assert not reading.doubtful


@pytest.mark.parametrize(
    "phrase",
    [
        "缺少制定、考核等任一环节内容的，扣1分",
        "未对每台设备检验的，扣2分",
        "其中一项不符合扣2分",
        "扣5分，直至扣完",
    ],
)
def test_once_is_shown_where_it_might_be_each(phrase: str) -> None:
    reading = read_method(phrase)
    assert [rule.effect for rule in reading.rules] == [Effect.ONCE]
    assert len(reading.doubtful) == 1


@pytest.mark.parametrize(
    "phrase",
    [
        "扣满4分的，追加扣除10分",
        "累计扣满4分的，追加扣除10分",
        "扣完的，追加扣除10分",
        "本项分值扣完后，追加扣除10分",
    ],
)
def test_an_extra_can_hang_on_exhaustion(phrase: str) -> None:
    assert only(phrase, 4000) == Rule("1", phrase, Effect.NONE, extra=10000, exhausted=True)


def test_exhaustion_at_other_points_than_the_item_has_is_shown() -> None:
    assert read_method("扣满5分的，追加扣除10分", 4000).doubtful


@pytest.mark.parametrize(
    "phrase",
    [
        "未履行职责的，不得分，并追加扣除10分",
        "发包给无资质单位的，除不得分外，追加扣除10分",
        "带病运行的，除本分值扣完后外，追加扣除10分",
        "带病运行的，除本项不得分外，再追加扣除10分",
    ],
)
def test_an_extra_can_hang_on_its_own_trigger(phrase: str) -> None:
    reading = read_method(phrase)
    assert reading.rules == (Rule("1", phrase, Effect.ZERO, extra=10000),)
    assert not reading.doubtful


def test_an_extra_may_leave_the_item_alone() -> None:
    assert only("未公示的，追加扣除5分") == Rule("1", "未公示的，追加扣除5分", Effect.NONE, extra=5000)


def test_a_deduction_from_the_total() -> None:
    rule = only("设置员工宿舍的，除不得分外，在总分中倒扣20分")
    assert (rule.effect, rule.total, rule.extra) == (Effect.ZERO, 20000, 0)


@pytest.mark.parametrize(
    ("phrase", "effect"),
    [
        ("※未取得许可证的，不得分", Effect.ZERO),
        ("未取得许可证的，一级否决", Effect.NONE),
        ("未设置安全机构扣10分，并作否决项处理", Effect.ONCE),
        ("否决项：发生死亡事故的", Effect.NONE),
        ("发生死亡事故的，一票否决", Effect.NONE),
    ],
)
def test_a_veto(phrase: str, effect: Effect) -> None:
    rule = only(phrase)
    assert rule.veto
    assert rule.effect is effect


@pytest.mark.parametrize(
    "phrase",
    [
        "酌情扣分",
        "扣1-2分",
        "视情节扣1至3分",
        "每处扣1分，最多扣3分",
        "每处扣1分（最多扣3分）",
        "每缺两项扣1分",
        "符合要求得4分",
        "不得分的，追加扣除10分",
        "除不得分外，倒扣20分",
        "未发布的",
        "扣5分或不得分",
        "扣除该项分值的50%",
        "额外扣5分",
        "另外扣5分",
        "扣1～3分",
        "每10%扣1分",
        "每低1个百分点扣1分",
        "合格率每降低1%扣0.5分",
        "符合得4分，基本符合得2分，不符合不得分",
        "不满足，整体不达标",
    ],
)
def test_what_cannot_be_read_is_free_and_listed(phrase: str) -> None:
    reading = read_method(phrase)
    assert [rule.effect for rule in reading.rules] == [Effect.FREE] * len(reading.rules)
    assert [each.text for each in reading.unread] == [rule.text for rule in reading.rules]
    assert "".join(rule.text for rule in reading.rules).replace("，", "") == phrase.replace("，", "")


def test_a_note_deducts_nothing_and_is_listed() -> None:
    note = "本考评内容已经扣分的，后面4个考评内容中相同情况不再重复扣分"
    reading = read_method(f"未检验的，不得分。{note}。")
    assert reading.rules[1] == Rule("2", note, Effect.NONE)
    assert [each.text for each in reading.unread] == [note]


def test_an_aside_on_repetition_is_shown_with_its_rule() -> None:
    reading = read_method("每缺一项制度，扣2分（其他考评内容中已有的不重复扣分）")
    assert (reading.rules[0].effect, reading.rules[0].unit) == (Effect.EACH, "项")
    assert "不重复扣分" in reading.doubtful[0].why
    assert not reading.unread


@pytest.mark.parametrize(
    ("phrase", "whole"),
    [
        ("赔偿不到位的，本项目不得分", "项目"),
        ("有重大隐患的，该B级要素不得分", "B级要素"),
        ("A级要素不得分", "A级要素"),
    ],
)
def test_the_whole_project_scoring_nothing_is_shown(phrase: str, whole: str) -> None:
    reading = read_method(phrase)
    assert reading.rules[0].effect is Effect.ZERO
    assert f"整个{whole}" in reading.doubtful[0].why


@pytest.mark.parametrize(
    ("method", "clauses"),
    [
        ("未建立的，不得分；不全的，扣1分。", ("未建立的，不得分", "不全的，扣1分")),
        ("未建立的，不得分;不全的,扣1分", ("未建立的，不得分", "不全的,扣1分")),
        ("未建立的，不得分，不全的，扣1分", ("未建立的，不得分", "不全的，扣1分")),
        ("1.未建立的，不得分\n2.不全的，扣1.5分", ("未建立的，不得分", "不全的，扣1.5分")),
        ("①未建立，不得分②不全，扣1分", ("未建立，不得分", "不全，扣1分")),
        ("未建立不得分 不全扣1分", ("未建立不得分", "不全扣1分")),
        ("未建立的不得分.不全的扣1分.", ("未建立的不得分", "不全的扣1分")),
        ("内容（含职责；流程）不全的，扣1分", ("内容（含职责；流程）不全的，扣1分",)),
        ("每处扣1分，扣满4分的，追加扣除10分", ("每处扣1分", "扣满4分的，追加扣除10分")),
        ("责任制内容不全\n的，扣1分", ("责任制内容不全的，扣1分",)),
        ("（未建立的，不得分；不全的，扣1分", ("（未建立的，不得分", "不全的，扣1分")),
        ("  ", ()),
    ],
)
def test_a_method_is_cut_into_clauses(method: str, clauses: tuple[str, ...]) -> None:
    assert split(method) == clauses


def test_rules_are_numbered_as_printed() -> None:
    reading = read_method("未建立的，不得分；酌情扣分；不全的，扣1分")
    assert [rule.key for rule in reading.rules] == ["1", "2", "3"]
    assert [each.rule for each in reading.unread] == ["2"]


FRAGMENTS = st.sampled_from(
    [
        *"未每缺一项处人次，；。（）扣除追加不得分满完外总倒1234567890.的并※否决 \n两半",
        "不得分",
        "扣2分",
        "每处",
        "追加扣除",
    ]
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_nothing_printed_is_lost_or_guessed_silently(method: str) -> None:
    reading = read_method(method, 10000)
    assert [rule.text for rule in reading.rules] == list(split(method))
    assert all(rule.points >= 0 <= rule.extra for rule in reading.rules)
    assert _told(reading) >= {rule.key for rule in reading.rules if _says_nothing(rule)}


def _told(reading: Reading) -> set[str]:
    return {each.rule for each in (*reading.unread, *reading.doubtful)}


def _says_nothing(rule: Rule) -> bool:
    empty = rule.effect is Effect.NONE and not (rule.extra or rule.total or rule.veto)
    return rule.effect is Effect.FREE or empty
