"""What a line of the check's sheet means for the findings on it: the sheet decides, nobody against it."""

from dataclasses import dataclass

from dabiao.sheets.rules.values import Answer, Verdict


@dataclass(frozen=True, slots=True)
class Meaning:
    """`words` are those of the sheet: how it was confirmed, or why it goes back."""

    confirmed: bool
    words: str


def meaning(answer: Answer) -> Meaning:
    """Whatever still loses points goes back; what conforms, or is not there any more, is put right."""
    own = [each.words.strip() for each in answer.deductions]
    said = "；".join(each for each in (answer.words.strip(), *own) if each)
    return Meaning(answer.verdict is not Verdict.DEDUCTED, said if answer.applies else answer.reason.strip())
