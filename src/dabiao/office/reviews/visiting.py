"""The initial visit on its pages: set by the administrator, closed by the reviewer who leads."""

from typing import Any

from django.http import FileResponse, HttpResponse

from dabiao.base import clock
from dabiao.hazards import services as hazards
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.hazards.views import sent
from dabiao.office.reviews import forms
from dabiao.office.reviews.views import READERS, REVIEWING, review_page
from dabiao.reviews.models import InitialVisit
from dabiao.reviews.permissions import visits as permissions
from dabiao.reviews.queries import reviews as queries
from dabiao.reviews.queries import visits
from dabiao.reviews.services import visiting as services
from dabiao.sheets.services.closing import gaps

EVIDENCE = READERS | {Role.EXPERT}


@address("评审单位安排初访", frozenset({Role.REVIEW_ADMIN}), ("POST",))
def begin(request: Request, key: int) -> HttpResponse:
    review = queries.visible(request.actor, key)
    form = forms.VisitForm(request.POST, people=visits.reviewers(review.body_id, clock.today()))

    def act() -> InitialVisit:
        return services.begin(review=review, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "初访已安排，评审员可以填写核验表。", "office:review", key)
    return review_page(request, queries.visible(request.actor, key), visit_form=form)


@address("牵头评审员作出初访结论", frozenset({Role.REVIEWER}), ("GET", "POST"))
def close(request: Request, key: int) -> HttpResponse:
    """With what already holds the gate, so that nobody is surprised."""
    review = queries.visible(request.actor, key)
    visit = visits.open_one(review)
    if visit is None:
        raise Absent
    visit.review = review
    permissions.may_close(request.actor, visit).or_refuse()
    form = forms.CloseForm(acting.posted(request))

    def act() -> InitialVisit:
        said, at = form.cleaned_data, clock.now()
        told: dict[str, Any] = {"outcome": said["outcome"], "words": said["words"], "serious": form.serious()}
        return services.close(visit=visit, by=request.actor, at=at, **told)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "初访结论已作出。", "office:review", key)
    context = {
        "review": review,
        "visit": visit,
        "form": form,
        "facts": visits.facts(review, visit.sheet, (), clock.today()),
        "gaps": len(gaps(visit.sheet)),
    }
    crumbs = [("评审", "/office/reviews/"), (review.spoken, f"/office/reviews/{key}/"), ("初访结论", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/reviews/visit_close.html", context, crumbs=crumbs, status=status)


@address("评审单位确认初访发现的问题已整改", REVIEWING, ("POST",))
def confirm(request: Request, key: int, hazard: int) -> HttpResponse:
    """Confirm, or send back with the reason."""
    review = queries.visible(request.actor, key)
    found = visits.hazards_of(review).filter(pk=hazard).first()
    if found is None:
        raise Absent
    form, back = forms.RemarkForm(request.POST), "back" in request.POST

    def act() -> Any:
        by, at = request.actor, clock.now()
        if back:
            return hazards.send_back(hazard=found, reason=form.cleaned_data["remark"], by=by, at=at)
        return hazards.confirm(hazard=found, by=by, at=at)

    if acting.tried(form, act):
        return acting.done(request, "已退回整改。" if back else "已确认整改。", "office:review", key)
    return review_page(request, review, hazard_form=form)


@address("评审单位查看整改证据", EVIDENCE)
def evidence(request: Request, key: int, hazard: int, file: int) -> FileResponse:
    """Of what this review found, and nothing else: as the page of the hazard shows it."""
    review = queries.visible(request.actor, key)
    found = visits.found_by(review).filter(pk=hazard).first()
    if found is None:
        raise Absent
    return sent(found, file)
