"""Read the 考评办法 of an item into deduction rules (spec/scoring.md, "Rules met in real tables").

Nothing is guessed silently: what cannot be read becomes a FREE rule (a note: NONE) and is listed as unread;
what was read on weaker words than usual is listed as doubtful.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from dabiao.standards.rules.amounts import NUMERAL, amount
from dabiao.standards.rules.book import Effect, Rule
from dabiao.standards.rules.clauses import split
from dabiao.standards.rules.counting import Count, counted


@dataclass(frozen=True, slots=True)
class Phrase:
    """A clause a person should look at: key of its rule, the text as printed, why."""

    rule: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a 考评办法 says. Every clause has its rule in `rules`, also the unread ones."""

    rules: tuple[Rule, ...]
    unread: tuple[Phrase, ...]
    doubtful: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    rule: Rule
    doubt: str = ""
    unread: str = ""


_OFF: Final = "(?:扣除|扣减|扣掉|扣分|扣|减去|减)"
_TOTAL: Final = (
    r"(?:在|从)?(?:考评|评审|评定|标准化)?(?:总分值|总得分|总成绩|总分)(?:中|里|内)?"
    rf",?(?:再|另外|另|倒|追加)*{_OFF}"
)
_OUTSIDE: Final = re.compile(
    rf"(?:(?P<total>{_TOTAL})|(?P<extra>(?:再|另外|另)?追加{_OFF}))(?P<amount>{NUMERAL})分$"
)
_JOINING: Final = re.compile(r"[,并且同时再还另应则需]+$")
_USED_UP: Final = re.compile(
    r"(?:(?:本|该|此)(?:项|条|款|考评内容)?)?(?:标准分值|标准分|分值|得分|分数)?(?:累计|合计|共)?扣(?:满|完|足|光)"
    rf"(?:(?P<amount>{NUMERAL})分|(?:本项|该项|全部)?(?:标准分值|标准分|分值|分数|分))?(?:的|后|时|者)?(?:以后|之后)?"
)
_BESIDES: Final = re.compile(r"除(?P<what>[^,]*?)(?:以|之)?外$")
_TO_ZERO: Final = re.compile(
    r"(?:(?:本|该|此)(?:项|条)?)?不得分|.*分值?(?:被)?扣完(?:后|的)?|.*扣完.*分值?(?:后)?"
)
_WIDE: Final = "(?:[A-C一二三]级)?(?:考评|评审|评定)?(?:项目|要素|类目)|部分|单元|大项"  # after 本, 该, 整个
_FOUND_WIDE: Final = "[A-C一二三]级(?:项目|要素|类目)|以下各项"
_THIS: Final = "(?:本|该|此)?[项条]?"
_ALL_OFF: Final = (
    rf"{_OFF}(?:除|完|掉)?{_THIS}的?全部(?:标准)?分[值数]?|{_THIS}(?:标准)?分[值数]?全部?扣(?:除|完)?"
)
_ZERO: Final = re.compile(
    rf"(?:(?:本|该|此|整个|全部|所在)(?P<wide>{_WIDE})|(?P<found>{_FOUND_WIDE})|全项"
    r"|(?:本|该|此|整个|全部)(?:考评内容|评审内容|内容|小项|项|条|款))?[均都则即也,]*"
    rf"(?:不得分|不给分|[得记计][0零]分|{_ALL_OFF})$"
)
_WORTH: Final = "(?:[本该此][项条款])?(?:全部)?的?(?:标准分[值]?|分值|分数|得分|分)?"
_ENOUGH: Final = re.compile(
    rf",?(?:(?:直至|直到|至){_WORTH}?扣(?:完|满|光|至0分|为0分){_WORTH}(?:为止)?|{_WORTH}扣(?:完|满|至0分){_WORTH}为止)$"
)
_GAINS: Final = re.compile(rf"得{NUMERAL}分|加{NUMERAL}分|奖励?{NUMERAL}分")
_EFFECT: Final = re.compile(rf"不得分|不给分|{_OFF}{NUMERAL}分|追加扣|倒扣|否决")
_OWN: Final = re.compile(
    rf"(?P<shared>各|分别)?(?:应|则|均)?{_OFF}(?P<amount>{NUMERAL})分(?:[/每](?P<per>[^,\d]{{1,4}}))?$"
)
_BOUNDED: Final = re.compile(
    r"(?:最多|最高|最低|至多|至少|不超过|累计|合计|总共|酌情|视情节?|可|倒|追加|额外|另外|另|加倍?|多|再|一次性)$"
)
_NOTE: Final = re.compile(
    r"不再?重复|不再扣|不予?扣分|不另扣|^注[:：]?|^说明[:：]|^备注|本项为空项|按空项|视为空项|参照|见附"
)
_VETO: Final = re.compile(
    r"^(?:一级)?否决(?:项|条款)?[::,]?|,?(?:属于|列为|直接|实行|按|为|则|即|作|并|同时)*(?:一级)?(?:一票)?否决(?:项|条款)?(?:处理)?$"
)
_ABOUT_POINTS: Final = re.compile(r"每|扣|不得分|得分|最多|最高|累计|为限|上限")
_BRACKET: Final = re.compile(r"\(([^()]*)\)")

_CANNOT: Final = "没有读出扣分方式，请人工确定扣分额度。"


def read_method(method: str, points: int | None = None) -> Reading:
    """Read a 考评办法; `points` are the item's own, to check “扣满 m 分” against (None: not known)."""
    read = [
        replace(each, rule=replace(each.rule, key=str(number)))
        for number, text in enumerate(split(method), start=1)
        for each in [_clause(text, points)]
    ]
    return Reading(
        rules=tuple(each.rule for each in read),
        unread=tuple(Phrase(each.rule.key, each.rule.text, each.unread) for each in read if each.unread),
        doubtful=tuple(Phrase(each.rule.key, each.rule.text, each.doubt) for each in read if each.doubt),
    )


def _clause(text: str, points: int | None) -> _Read:
    bare, note = _without_brackets(_normal(text))
    if note and "重复" not in note and "不扣" not in note:
        return _free(text, f"括号中的“{note}”影响扣分，无法照读，请人工确定。")
    read = _vetoed(text, bare) if "※" in bare or "否决" in bare else _consequence(text, bare)
    if points is not None:
        read = _against(read, bare, points)
    if note and not read.unread:
        return replace(read, doubt=read.doubt or f"括号中的说明“{note}”不影响自动计分，请评分人自行把握。")
    return read


def _normal(text: str) -> str:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return plain.replace("※※", "※").strip(",.:、")


def _without_brackets(plain: str) -> tuple[str, str]:
    """The clause without its asides, and the aside that speaks of points, if any."""
    asides = [each for each in _BRACKET.findall(plain) if _ABOUT_POINTS.search(each)]
    bare = _BRACKET.sub("", plain).strip(",.:、")
    if not asides:
        return bare, ""
    if not _EFFECT.search(bare) or all(re.fullmatch("每[^扣分]*", each) for each in asides):
        return plain.replace("(", "").replace(")", ""), ""
    return bare, asides[0]


def _vetoed(text: str, bare: str) -> _Read:
    """※ or 否决: the clause fails the whole assessment, besides what else it says of its item."""
    rest = _VETO.sub("", bare.replace("※", "")).strip(",.:、的")
    if "否决" in rest:
        return _free(text, "“否决”的含义没有读出，请人工确定。")
    read = _consequence(text, rest) if _EFFECT.search(rest) else _Read(Rule("", text, Effect.NONE))
    return read if read.unread else replace(read, rule=replace(read.rule, veto=True))


def _consequence(text: str, bare: str) -> _Read:
    outside = _OUTSIDE.search(bare)
    if outside:
        return _outside(text, bare[: outside.start()], outside)
    enough = _ENOUGH.search(bare)
    read = _own(text, bare[: enough.start()] if enough else bare)
    if enough and not read.unread and read.rule.effect is Effect.ONCE:
        return replace(
            read, doubt=read.doubt or "写有“扣完为止”，却没有写每处或每项，已按只扣一次读取，请确认。"
        )
    return read


def _outside(text: str, head: str, outside: re.Match[str]) -> _Read:
    """A deduction beyond the item: from the outermost element (追加) or from the grand total (倒扣)."""
    read = _trigger(text, _JOINING.sub("", head))
    if read.unread:
        return read
    taken = amount(outside["amount"])
    if outside["extra"]:
        return replace(read, rule=replace(read.rule, extra=taken))
    if read.rule.exhausted:
        return _free(text, "扣满后从总分中倒扣的写法不能自动计分，请人工确定。")
    return replace(read, rule=replace(read.rule, total=taken))


def _trigger(text: str, head: str) -> _Read:
    """What sets off the deduction beyond the item, and what it does to the item itself."""
    if _USED_UP.fullmatch(head):
        return _Read(Rule("", text, Effect.NONE, exhausted=True))
    besides = _BESIDES.search(head)
    if besides and _TO_ZERO.fullmatch(besides["what"]):
        doubt = "" if head[: besides.start()].strip(",") else "没有写明什么情形下追加扣除，请确认。"
        return _Read(Rule("", text, Effect.ZERO), doubt)
    if _EFFECT.search(head):
        return _with_own(text, head)
    if re.search(r"扣|得分|[满完]分", head) or not head:
        return _free(text, "追加扣除的条件没有读出，请人工确定。")
    return _Read(Rule("", text, Effect.NONE))


def _with_own(text: str, head: str) -> _Read:
    read = _own(text, head)
    if not read.unread and read.rule.effect is Effect.EACH:
        return replace(read, doubt="追加扣除按一次计，不随次数增加，请确认。")
    return read


def _own(text: str, bare: str) -> _Read:
    zero = _ZERO.search(bare)
    if zero and _GAINS.search(bare[: zero.start()]):
        return _free(text, "按符合程度给不同的分，不能照读，请人工确定。")
    if zero and not _EFFECT.search(bare[: zero.start()]):
        wide = zero["wide"] or zero["found"]
        doubt = (
            f"“{zero[0].strip(',')}”可能指整个{wide}而不只是本条，已按本条不得分读取，请确认。"
            if wide
            else ""
        )
        return _Read(Rule("", text, Effect.ZERO), doubt)
    own = _OWN.search(bare)
    if own:
        return _amount_off(text, bare[: own.start()].rstrip(","), own)
    if _NOTE.search(bare):
        return _Read(Rule("", text, Effect.NONE), unread="这是说明，不是扣分条款，不参与自动计分，请确认。")
    return _free(text, _CANNOT)


def _amount_off(text: str, head: str, own: re.Match[str]) -> _Read:
    if _BOUNDED.search(head) or _EFFECT.search(head) or _GAINS.search(head):
        return _free(text, "扣分有上下限或不止一种后果，不能照读，请人工确定。")
    count = counted(head, shared=bool(own["shared"]), per=own["per"] or "")
    if count is None:
        return _free(text, "计数方式没有读出，请人工确定。")
    return _Read(_rule_of(text, amount(own["amount"]), count), count.doubt)


def _rule_of(text: str, taken: int, count: Count) -> Rule:
    if count.unit:
        return Rule("", text, Effect.EACH, points=taken, unit=count.unit)
    return Rule("", text, Effect.ONCE, points=taken)


def _against(read: _Read, bare: str, points: int) -> _Read:
    """“扣满 m 分” where m is not what the item is worth is for a person to look at."""
    used_up = _USED_UP.search(bare) if read.rule.exhausted else None
    if used_up and used_up["amount"] and amount(used_up["amount"]) != points:
        return replace(read, doubt="“扣满”的分数与本条标准分值不同，请确认以哪个为准。")
    return read


def _free(text: str, why: str) -> _Read:
    return _Read(Rule("", text, Effect.FREE), unread=why)
