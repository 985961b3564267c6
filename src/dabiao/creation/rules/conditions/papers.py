"""Licences, safety body, certificates: what the unit shows with a file, or a department recorded."""

from collections.abc import Iterator
from datetime import date

from dabiao.creation.rules.conditions.rules import Rule, Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances, Outcome, sources, told
from dabiao.standing.rules.facts import Known

RECORD = "请在“资格状况”登记，并附证明文件。"
RENEW = "请办理延续或者换证后，在“资格状况”登记新的有效期。"
# id in law -> kind of fact, title
CERTIFICATES = {
    "principal": ("certificate_principal", "主要负责人持证"),
    "safety_officer": ("certificate_safety_officer", "安全生产管理人员持证"),
    "special_operator": ("certificate_special_operator", "特种作业人员持证"),
}


def licences(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """Valid, and none ran out without another of its name; which ones a trade needs, a person knows."""
    rule, all_ = rules["conditions.licences"], about.of("licence")
    valid = [fact for fact in all_ if fact.held(day)]
    names = {fact.words for fact in valid}
    gone = [fact for fact in all_ if fact.gone(day) and fact.words not in names]
    if gone:
        words = "；".join(f"{fact.words}已于 {fact.last} 到期" for fact in gone)
        yield told(rule, outcome_=False, fact=words, source=sources(gone), used=gone, advice=RENEW)
    elif valid:
        words = "；".join(f"{fact.words}（{fact.number}，{_till(fact)}）" for fact in valid)
        yield told(rule, outcome_=True, fact=words, source=sources(valid), used=valid)
    else:
        yield told(rule, Outcome.ASK, "没有登记证照，需要核实是否依法需要。", advice=RECORD)


def safety_body(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    rule, held = rules["conditions.safety_body"], about.held("safety_body", day)
    if not held:
        yield told(rule, outcome_=False, fact="没有登记安全生产管理机构或者人员。", advice=RECORD)
        return
    last = held[-1]
    officers = last.counts.get("officers", 0)
    words = f"{last.words}，安全生产管理人员 {officers} 人"
    yield told(rule, officers > 0, words, source=sources([last]), used=[last], advice=RECORD)


def certified(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """One answer for each of those who must be certified."""
    rule = rules["conditions.certified"]
    for who in rule.value:
        kind, title = CERTIFICATES[who]
        yield _certified(rule, about, day, (who, kind, title))


def _certified(rule: Rule, about: Circumstances, day: date, what: tuple[str, str, str]) -> Answer:
    who, kind, title = what
    held, all_ = about.held(kind, day), [fact for fact in about.of(kind) if fact.gone(day)]
    if not held:
        words = f"{title}已于 {all_[-1].last} 到期" if all_ else f"没有登记{title}情况。"
        advice = RENEW if all_ else RECORD
        return told(
            rule,
            outcome_=False,
            fact=words,
            source=sources(all_),
            used=all_,
            advice=advice,
            part=who,
            title=title,
        )
    last = held[-1]
    enough = last.counts.get("held", 0) >= last.counts.get("needed", 0)
    words = f"{last.words}，{_till(last)}" if not last.counts else _numbers(last)
    return told(rule, enough, words, source=sources([last]), used=[last], advice=RENEW, part=who, title=title)


def _numbers(fact: Known) -> str:
    return (
        f"应当持证 {fact.counts.get('needed', 0)} 人，已持证 {fact.counts.get('held', 0)} 人，{_till(fact)}"
    )


def _till(fact: Known) -> str:
    return f"有效期至 {fact.last}" if fact.last else "长期有效"
