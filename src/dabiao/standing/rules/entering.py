"""What a recorded fact must say: faults by field, in words."""

from collections.abc import Mapping
from datetime import date

from dabiao.standing.rules.kinds import MUST, NO, Kind

Days = tuple[date, date | None, date]  # from, first day no longer, the day it is recorded
WORDS = {"words": "请写明事实，例如名称、情节。", "source": "请写明来源，例如文书名称和文号、网址。"}


def faults(
    kind: Kind, said: Mapping[str, str], counts: Mapping[str, int], days: Days, *, has_file: bool
) -> dict[str, str]:
    """Field -> what is wrong and what to do; empty where all is there."""
    wrong = {name: words for name, words in WORDS.items() if not said[name].strip()}
    if kind.number and not said["number"].strip():
        wrong["number"] = "请写明编号或者文号。"
    if kind.which and said["which"] not in kind.which:
        wrong["which"] = "请选择具体是哪一项。"
    if kind.file and not has_file:
        wrong["file"] = "企业自行登记的，请附证明文件的照片或者 PDF。"
    return wrong | _counts(kind, counts) | _days(kind, *days)


def _counts(kind: Kind, counts: Mapping[str, int]) -> dict[str, str]:
    missing = {
        name: f"请填写{title}，没有的填 0。" for name, title in kind.counts.items() if name not in counts
    }
    wrong = {name: f"{kind.counts[name]}不能是负数。" for name in kind.counts if counts.get(name, 0) < 0}
    return missing | wrong


def _days(kind: Kind, since: date, until: date | None, day: date) -> dict[str, str]:
    wrong = {}
    if since > day:
        wrong["since"] = "起始日期不能晚于今天；还没有发生的事不登记。"
    if until is not None and until <= since:
        wrong["until"] = "终止日期不能早于起始日期。"
    if until is not None and kind.ends == NO:
        wrong["until"] = "这类事实没有终止日期，请留空。"
    if until is None and kind.ends == MUST:
        wrong["until"] = "请填写有效期的最后一日。"
    return wrong
