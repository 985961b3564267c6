"""Why a sheet has the level it has, in sentences with their clauses, the deciding one first."""

from collections.abc import Iterable
from fractions import Fraction

from dabiao.kernel.points import spell
from dabiao.sheets.rules import grades, wording
from dabiao.sheets.rules.values import FAILED, Reason, Running
from dabiao.standards.rules.book import Group, Scheme, SchemeKind, Threshold
from dabiao.standards.rules.rulebook import Rulebook, Veto


def explain(
    rulebook: Rulebook, running: Running, vetoes: Iterable[Veto], performance_level: str | None
) -> tuple[Reason, ...]:
    """Vetoes hit, then what keeps the score from being final, the sum, the level, the performance level."""
    return (
        *(_veto(rulebook, running, each) for each in vetoes),
        *_unfinished(running),
        *_sum(running),
        *_groups(running),
        *_level(rulebook.book.scheme, running),
        *_performance(running, performance_level),
    )


def _veto(rulebook: Rulebook, running: Running, hit: Veto) -> Reason:
    named = wording.name(rulebook.line(hit.item or hit.key).item)
    return Reason(wording.veto(named, hit, running.by_score), hit.clause, hit.since)


def _unfinished(running: Running) -> tuple[Reason, ...]:
    if running.answered < running.lines:
        left = running.lines - running.answered
        return (Reason(f"还有 {left} 项没有作答，下列得分是按已作答各项暂计的，不是最终得分。"),)
    if running.rate is None:
        return (Reason("没有适用的项目，不能计算得分。"),)
    return ()


def _sum(running: Running) -> tuple[Reason, ...]:
    if running.provisional is None:
        return ()
    text = (
        f"实得 {spell(running.obtained)} 分，应得 {spell(running.applicable)} 分"
        f"（满分 {spell(running.full)} 分，不涉及 {spell(running.not_applicable)} 分）"
    )
    if running.total_deduction:
        text += f"，实得分已在总分中倒扣 {spell(running.total_deduction)} 分"
    p = "" if running.p is None else f"（P 值 {wording.trimmed(running.p)}）"
    return (Reason(f"{text}，得分 {wording.trimmed(running.provisional)}{p}。"),)


def _groups(running: Running) -> tuple[Reason, ...]:
    if running.groups is None:
        return ()
    return tuple(_group(group, running.groups.get(group)) for group in grades.GRADED)


def _group(group: Group, rate: Fraction | None) -> Reason:
    share = "无（没有适用的项目）" if rate is None else f"{wording.percent(rate)}%"
    return Reason(f"{wording.GROUPS[group]}得分率：{share}。")


def _level(scheme: Scheme, running: Running) -> tuple[Reason, ...]:
    if not scheme.thresholds:
        return (Reason("本标准没有规定按得分确定等级的界限，只计得分。"),)
    if running.by_score is None:
        return ()
    met = next((each for each in scheme.thresholds if each.level == running.by_score), None)
    text = _failed(scheme) if met is None else _met(scheme, met)
    return (Reason(text if scheme.confirmed else f"{text}（界限待核实）", scheme.basis),)


def _met(scheme: Scheme, met: Threshold) -> str:
    return f"按得分为{wording.level_word(met.level)}：{_measure(scheme, met)}达到 {_limit(scheme, met)}。"


def _failed(scheme: Scheme) -> str:
    least = scheme.thresholds[-1]
    named = wording.level_word(least.level)
    return f"按得分不达标：{_measure(scheme, least)}低于最低等级（{named}）的界限 {_limit(scheme, least)}。"


def _measure(scheme: Scheme, threshold: Threshold) -> str:
    if scheme.kind is SchemeKind.RATE:
        return "得分"
    return "P 值（不经四舍五入）" if threshold.level == grades.BY_P else "两组得分率（不经四舍五入）均"


def _limit(scheme: Scheme, threshold: Threshold) -> str:
    by_rate = scheme.kind is SchemeKind.TWO_GROUPS and threshold.level != grades.BY_P
    return f"{spell(threshold.at_least)}{'%' if by_rate else ' 分' if scheme.kind is SchemeKind.RATE else ''}"


def _performance(running: Running, level: str | None) -> tuple[Reason, ...]:
    if level is None or running.by_score is None or running.vetoed:
        return ()
    named = f"按得分为{wording.level_word(running.by_score)}，按安全绩效为{wording.level_word(level)}"
    return (Reason(f"{named}，取较低者，为{wording.level_word(running.level or FAILED)}。"),)
