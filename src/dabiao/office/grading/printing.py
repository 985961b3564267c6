"""What is printed: the certificate, and the notice in writing of what was not attained."""

from django.http import HttpResponse
from django.shortcuts import render

from dabiao.grading.documents.certificate import certificate_pdf
from dabiao.grading.models.rulings import Matter
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules import outcomes
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.office.grading.certified import LEVELS, certificate_of, printed
from dabiao.office.grading.shown import refusal_of
from dabiao.office.grading.views import READERS

NOTICES = {GradingState.REFUSED: "不予定级通知书", GradingState.SENT_BACK: "复核退回通知书"}


@address("下载证书", READERS)
def certificate(request: Request, key: int) -> HttpResponse:
    """As issued; the code on it says what was signed."""
    grading = queries.visible(request.actor, key)
    row = certificate_of(grading)
    if row is None or row.bulletin.decided_at is None:
        raise Absent
    headers = {"Content-Disposition": f'attachment; filename="{grading.number}.pdf"'}
    return HttpResponse(certificate_pdf(printed(row)), content_type="application/pdf", headers=headers)


@address("打印不予定级、复核退回通知书", READERS)
def notice(request: Request, key: int) -> HttpResponse:
    """In writing, with reasons and clauses."""
    grading = queries.visible(request.actor, key)
    title, ruling = NOTICES.get(GradingState(grading.state)), refusal_of(grading, queries.rulings(grading))
    if title is None or ruling is None:
        raise Absent
    context = {
        "grading": grading,
        "title": title,
        "number": f"编号 {grading.spoken}",
        "level": LEVELS.get(grading.level, grading.level),
        "ruling": ruling,
        "titles": outcomes.TITLES,
        "at_department": ruling.matter != Matter.RECHECK,
    }
    return render(request, "office/grading/notice.html", context)
