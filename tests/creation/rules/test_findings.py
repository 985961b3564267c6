"""What a self-assessment's deductions leave to be put right, in words."""

from dabiao.creation.rules.findings import findings
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.rulebook import Rulebook
from editions import small_book


def test_each_line_with_deductions_is_one_finding_in_one_sentence() -> None:
    book = Rulebook(small_book(), "SL/T 1", "2026-01-05")
    answers = {
        "1.1.1": Answer(Verdict.DEDUCTED, (Deduction("2", 1, words="三月缺"),), "记录不全。"),
        "1.1.2": Answer(Verdict.CONFORMS),
        "2.1.2": Answer(Verdict.DEDUCTED, (Deduction("1", 1),), "未排查。"),
    }
    said = [(each.line, each.text, each.mandatory, each.vetoed) for each in findings(book, answers)]
    assert said == [
        ("1.1.1", "1.1.1 记录不全；三月缺", False, False),
        ("2.1.2", "2.1.2 未排查。", False, True),
    ]
