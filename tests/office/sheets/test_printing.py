"""The printed sheet: draft while open, the same values in PDF and Word."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from dabiao.office.sheets.finishing import Goes
from dabiao.office.sheets.opened import opened
from dabiao.office.sheets.printing import document
from dabiao.sheets import queries
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import answering, closing
from sheets.filling import ABSENT, CONFORMS, deducted, open_sheet
from world import AT, World


@pytest.fixture
def sheet(world: World) -> Sheet:
    sheet = open_sheet(world)
    for line in queries.rulebook(sheet).lines():
        answer = deducted(2) if line.key == "1.2" else CONFORMS if line.outermost else ABSENT
        answering.record_answer(
            sheet=sheet.pk, line=line.key, answer=answer, version=0, by=world.actor("officer"), at=AT
        )
    return sheet


def test_an_open_sheet_prints_as_what_is_there_so_far(world, sheet):
    answering.retract_answer(sheet=sheet.pk, line="1.1", version=1, by=world.actor("officer"), at=AT)
    printed = document(opened(world.actor("officer"), sheet.pk), Goes(), AT)
    assert (printed.outcome.provisional, printed.outcome.missing, printed.digest) == (True, 1, "")


def test_a_closed_sheet_prints_its_score_people_signature_and_digest(world, sheet):
    closing.close_sheet(sheet=sheet.pk, by=world.actor("officer"), at=AT, side="unit")
    printed = document(opened(world.actor("principal"), sheet.pk), Goes(number="ZP202600001"), AT)
    assert (printed.number, str(printed.outcome.score), printed.outcome.provisional) == (
        "ZP202600001",
        "98.3",
        False,
    )
    assert [each.name for each in printed.people] == ["示例officer", "示例assessor", "示例colleague"]
    assert printed.signatures[0].digest == printed.digest == Sheet.objects.get(pk=sheet.pk).digest
    assert printed.unit.uscc


def test_both_files_come_as_attachments_named_after_the_unit(signed_in, sheet):
    client = signed_in("officer")
    pdf = client.get(f"/office/sheets/{sheet.pk}/sheet.pdf")
    word = client.get(f"/office/sheets/{sheet.pk}/sheet.docx")
    for response in (pdf, word):
        assert response.status_code == 200
        assert "%E7%A4%BA%E4%BE%8B" in response["Content-Disposition"]
    assert "示例评定标准" in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert word.content.startswith(b"PK")
