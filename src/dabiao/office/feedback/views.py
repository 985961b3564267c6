"""意见建议 for those who answer the public: list, one with its reply."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.look.forms import PlainForm
from dabiao.office import acting, frame, history
from dabiao.programme import models, permissions, queries, services
from dabiao.programme.models import Feedback, Topic

READERS = frozenset(models.READERS)
PER_PAGE = 30


class ReplyForm(PlainForm):
    reply = forms.CharField(
        label=_("答复"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("提出人凭回执编号看到答复和答复单位，看不到您的姓名。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@address("查看公众意见", READERS)
def listing(request: Request) -> HttpResponse:
    context = {
        "page": Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page")),
        "topics": Topic.choices,
        "fees": queries.fee_complaints(request.actor),
        "waiting": queries.waiting_feedback(request.actor).count(),
    }
    return frame.page(request, "office/feedback/list.html", context)


@address("导出公众意见", READERS)
def export(request: Request) -> HttpResponse:
    rows = _filtered(request).iterator(chunk_size=500)
    headings = ("收到时间", "类别", "意见", "联系方式", "答复", "答复单位", "答复时间")
    content = workbook("公众意见", headings, (_exported(row) for row in rows))
    headers = {"Content-Disposition": 'attachment; filename="feedback.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Feedback) -> tuple[Any, ...]:
    said = (row.received_at, row.get_topic_display(), row.words, row.contact)
    return (*said, row.reply, row.replied_by, row.replied_at)


def _filtered(request: Request) -> "QuerySet[Feedback]":
    rows = Feedback.objects.visible_to(request.actor)
    if topic := request.GET.get("topic"):
        rows = rows.filter(topic=topic)
    if request.GET.get("state") == "waiting":
        rows = rows.filter(replied_at=None)
    if text := request.GET.get("q", "").strip()[:80]:
        rows = rows.filter(words__icontains=text)
    sort = request.GET.get("sort", "-received")
    return rows.order_by("received_at" if sort == "received" else "-received_at", "-id")


@address("查看并答复一条公众意见", READERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    feedback = queries.visible_feedback(request.actor, key)
    form = ReplyForm(acting.posted(request), initial={"version": feedback.version})

    def act() -> Feedback:
        return services.reply_feedback(
            feedback=feedback, by=request.actor, at=clock.now(), **form.cleaned_data
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已答复，提出人凭回执可以看到。", "office:feedback", draft=f"reply-{key}")
    context = {
        "feedback": feedback,
        "form": form,
        "may_reply": permissions.may_reply(request.actor, feedback),
        "history": history.of_chains([chain_of(feedback)]),
    }
    crumbs = [("公众意见", "/office/feedback/"), (feedback.get_topic_display(), "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/feedback/page.html", context, crumbs=crumbs, status=status)
