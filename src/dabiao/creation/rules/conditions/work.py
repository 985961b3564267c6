"""The unit's creation work: leading group, self-assessors, self-assessment, score, commitment, hazards."""

from collections.abc import Iterator
from datetime import date

from dabiao.creation.rules.conditions.rules import Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances, Work, told
from dabiao.kernel.days import months_after
from dabiao.kernel.points import points

OWN = "本系统创建工作记录"
LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}


def leading_group(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """Formed, and headed by the principal."""
    rule, work = rules["conditions.leading_group"], about.work
    if not work.group_formed:
        words = "没有成立标准化工作领导小组。"
        yield told(
            rule, outcome_=False, fact=words, source=OWN, advice="请成立由主要负责人任组长的领导小组。"
        )
        return
    words = f"{work.group_formed} 成立，组长 {work.group_head}"
    if not work.group_by_principal:
        words += "，不是主要负责人"
    advice = "领导小组组长应当由主要负责人担任。"
    yield told(rule, work.group_by_principal, words, source=OWN, advice=advice)


def self_assessors(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    rule, work = rules["conditions.self_assessors"], about.work
    words = f"自评员 {work.assessors} 人，其中经培训 {work.trained} 人"
    advice = "请组织自评员参加培训，并登记培训记录。"
    yield told(rule, work.assessors > 0 and work.trained > 0, words, source=OWN, advice=advice)


def self_assessment(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """Handed in, for the level applied for, and not older than a year."""
    rule, work = rules["conditions.self_assessment"], about.work
    if not work.report:
        words = "没有提交自评报告。"
        yield told(rule, outcome_=False, fact=words, source=OWN, advice="请完成自评并提交自评报告。")
        return
    fault = _report_fault(about, rules, day)
    words = f"自评报告 {work.report}，{work.report_on} 提交{fault}"
    yield told(rule, not fault, words, source=OWN, advice="请重新开展自评并提交报告。")


def _report_fault(about: Circumstances, rules: Rules, day: date) -> str:
    work, months = about.work, rules["self_assessment.period"].value
    if work.report_level != about.level:
        of, asked = LEVELS.get(work.report_level, "其他"), LEVELS.get(about.level, "其他")
        return f"，对照的是{of}标准，与申请的{asked}不一致"
    if day > months_after(date.fromisoformat(work.report_on), months):
        return f"，已超过 {months} 个月"
    return ""


def entry_score(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """The score below which a level is not applied for: stricter for level 2 (quality-2015/2)."""
    rule, work = rules["conditions.entry.score"], about.work
    least = rule.value.get(about.level)
    if least is None or not work.report:
        return
    level = LEVELS.get(about.level, "")
    words = f"自评得分 {work.report_score or '无'}，{level}不低于 {least}"
    if work.report_vetoes:
        words += f"；自评触发否决项 {work.report_vetoes} 项"
    advice = "请整改后重新自评，或者申请其他等级。"
    came, title = f"自评报告 {work.report}", "自评得分达到申请等级的准入要求"
    yield told(rule, _reaches(work, least), words, source=came, advice=advice, title=title)


def _reaches(work: Work, least: int) -> bool:
    scored = bool(work.report_score) and points(work.report_score) >= points(least)
    return scored and not work.report_vetoes


def commitment(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    rule, work = rules["conditions.commitment"], about.work
    if work.commitment_on:
        words = f"承诺书 {work.commitment}，{work.commitment_by} 于 {work.commitment_on} 签署并公示"
        yield told(rule, outcome_=True, fact=words, source=OWN)
    else:
        words = "没有有效的主要负责人安全承诺书。"
        yield told(rule, outcome_=False, fact=words, source=OWN, advice="请由主要负责人签署承诺书并公示。")


def hazards(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """Screened, and every major one put right."""
    rule, work = rules["conditions.hazards"], about.work
    screened = about.held("hazard_screening", day)
    when = work.screened_on or (screened[-1].since.isoformat() if screened else "")
    words = f"最近一次排查 {when or '没有记录'}，没有销号的重大隐患 {work.open_major} 条"
    advice = "请全面排查隐患，重大隐患全部整改销号。"
    met = bool(when) and not work.open_major
    yield told(rule, met, words, source="隐患台账、资格状况", used=screened, advice=advice)
