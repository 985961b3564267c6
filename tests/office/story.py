"""Working through pages: whoever is asked for, at the moment the story has come to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.base import clock
from dabiao.base.models import JournalEntry
from dabiao.creation.models import SelfAssessment
from dabiao.hazards.models import Hazard
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer
from dabiao.sheets.rules.values import Answer as Given
from dabiao.sheets.rules.values import Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from world import World

CONFORMS = Given(Verdict.CONFORMS)
DEDUCTED = Given(Verdict.DEDUCTED, (Deduction("2", 2),), "两处记录缺失")
FOUND = "2.1.1"  # the line that is deducted
LIST = "/office/self-assessments/"
POSTED_UNTIL = datetime(2026, 3, 16, 4, tzinfo=UTC)  # ten working days after AT
DAY_AFTER = datetime(2026, 3, 17, 4, tzinfo=UTC)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass
class Office:
    world: World
    signed_in: Callable[[str], Client]
    stand_at: Callable[[datetime], None]
    clients: dict[str, Client] = field(default_factory=dict)

    def as_(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = self.signed_in(who)
        return self.clients[who]

    def get(self, who: str, url: str, status: int = 200) -> str:
        response = self.as_(who).get(url)
        assert response.status_code == status, (who, url, response.status_code)
        return str(response.content.decode())

    def post(self, who: str, url: str, status: int = 302, **data: Any) -> str:
        response = self.as_(who).post(url, data)
        words = str(response.content.decode())
        assert response.status_code == status, (who, url, response.status_code, words[:3000])
        return words

    def started(self, who: str = "officer", **more: Any) -> SelfAssessment:
        data = {"level": "level_3", "writers": [self.world.accounts["assessor"].pk], **more}
        self.post(who, f"{LIST}new/", **data)
        return SelfAssessment.objects.latest("id")

    def fill(self, assessment: SelfAssessment, found: Given = DEDUCTED) -> None:
        """What people do on the sheet, through the act behind it."""
        by = self.world.actor("officer")
        given = set(Answer.objects.filter(sheet=assessment.sheet).values_list("line", flat=True))
        for line in sheets.rulebook(assessment.sheet).lines():
            if line.key not in given:
                answer = found if line.key == FOUND else CONFORMS
                at = clock.now()
                record_answer(
                    sheet=assessment.sheet_id, line=line.key, answer=answer, version=0, by=by, at=at
                )

    def signed(self) -> SelfAssessment:
        assessment = self.started()
        self.fill(assessment)
        self.post("officer", f"{LIST}{assessment.pk}/sign/", opinion="总体符合，两处已安排整改", version=1)
        return SelfAssessment.objects.get(pk=assessment.pk)

    def handed_in(self) -> SelfAssessment:
        assessment = self.signed()
        url = f"{LIST}{assessment.pk}/"
        self.post("officer", f"{url}post/", where="厂区公告栏", version=assessment.version)
        self.stand_at(DAY_AFTER)
        now = SelfAssessment.objects.get(pk=assessment.pk)
        self.post("officer", f"{url}hand-in/", version=now.version)
        return SelfAssessment.objects.get(pk=assessment.pk)

    def finding(self) -> Hazard:
        return Hazard.objects.latest("id")


def entries() -> int:
    return JournalEntry.objects.count()


def statements(office: Office, who: str, url: str) -> int:
    """How many SQL statements a page takes, once its parsed books are in memory."""
    office.get(who, url)
    with CaptureQueriesContext(connection) as caught:
        office.get(who, url)
    return len(caught)
