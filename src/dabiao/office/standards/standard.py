"""One standard: its editions, who uses it, its five-year clock and what the owner decides."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.actor import Actor
from dabiao.look.addresses import Request, address
from dabiao.look.forms import offer
from dabiao.office import acting, frame, history
from dabiao.office.standards import finding, forms
from dabiao.office.standards.finding import KEEPERS, LEADERS, READERS
from dabiao.office.standards.listing import crumbs
from dabiao.standards import permissions, queries
from dabiao.standards.models import Standard, VetoOverlay
from dabiao.standards.queries import listed
from dabiao.standards.queries.reviews import clock_of, revision_of
from dabiao.standards.rules.choice import LEVELS
from dabiao.standards.services import reviews, standards, uses
from dabiao.standards.states import PUBLIC

REVIEWED = "已记录复审结论。"


@address("查看一项标准", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, finding.standard(request, key))


@address("更正标准的登记信息", KEEPERS, ("GET", "POST"))
def amend(request: Request, key: int) -> HttpResponse:
    row = finding.own_standard(request, key)
    names = ("title", "levels", "areas", "general", "in_force", "version")
    form = forms.AmendForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    offer(form, "areas", forms.listed(listed.areas(clock.today()).values()))

    def act() -> Standard:
        return standards.amend(standard=row, by=request.actor, at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已保存。", "office:standard", key)
    here = crumbs((row.number, f"/office/standards/{key}/"), ("更正登记信息", ""))
    context = {"standard": row, "form": form}
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/standards/amend.html", context, crumbs=here, status=status)


@address("复审后确认标准继续有效", KEEPERS, ("POST",))
def reaffirm(request: Request, key: int) -> HttpResponse:
    row, form = finding.own_standard(request, key), forms.ConclusionForm(request.POST)

    def act() -> object:
        said = form.cleaned_data
        return reviews.reaffirm(
            standard=row, conclusion=said["conclusion"], version=said["version"], **_who(request)
        )

    return _after(request, row, acting.tried(form, act), REVIEWED, reaffirm_form=form)


@address("复审后决定修订标准", KEEPERS, ("POST",))
def revise(request: Request, key: int) -> HttpResponse:
    row, form = finding.own_standard(request, key), forms.ConclusionForm(request.POST)
    form.fields["due"].required = True

    def act() -> object:
        said = form.cleaned_data
        return reviews.revise(standard=row, conclusion=said["conclusion"], due=said["due"], **_who(request))

    return _after(request, row, acting.tried(form, act), "已立项修订。", revise_form=form)


@address("复审后决定废止标准", KEEPERS, ("POST",))
def retire(request: Request, key: int) -> HttpResponse:
    row, form = finding.own_standard(request, key), forms.ConclusionForm(request.POST)
    form.fields["until"].required = True

    def act() -> object:
        said = form.cleaned_data
        return reviews.retire(
            standard=row,
            conclusion=said["conclusion"],
            until=said["until"],
            version=said["version"],
            **_who(request),
        )

    return _after(request, row, acting.tried(form, act), "已决定废止。", retire_form=form)


@address("催办满五年的标准", LEADERS, ("POST",))
def chase(request: Request, key: int) -> HttpResponse:
    row = finding.standard(request, key)
    reviews.chase(standard=row, **_who(request))
    return acting.done(request, f"已催办{row.owner.name}。", "office:standards")


@address("确定行业使用的标准", KEEPERS, ("POST",))
def use(request: Request, key: int) -> HttpResponse:
    row, form = finding.standard(request, key), forms.UseForm(request.POST)

    def act() -> object:
        return uses.map_industry(standard=row, **form.cleaned_data, **_who(request))

    return _after(request, row, acting.tried(form, act), "已确定。", use_form=form)


@address("终止行业与标准的对应", KEEPERS, ("POST",))
def end_use(request: Request, key: int, use: int) -> HttpResponse:
    row = finding.standard(request, key)
    found = row.uses.select_related("industry__parent", "standard__owner").filter(pk=use).first()
    if found is None:
        return acting.done(request, "这条对应已经不在。", "office:standard", key)
    uses.end_mapping(use=found, until=clock.today(), **_who(request))
    return acting.done(request, "已终止。", "office:standard", key)


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": clock.now()}


def _after(request: Request, row: Standard, good: bool, words: str, **bound: Form) -> HttpResponse:
    if good:
        return acting.done(request, words, "office:standard", row.pk)
    return _page(request, row, **bound)


def _page(request: Request, row: Standard, **bound: Form) -> HttpResponse:
    day = clock.today()
    fresh = {"version": row.version}
    context = {
        "standard": row,
        "levels": [LEVELS[level] for level in row.levels if level in LEVELS],
        "areas": [each.title for each in listed.areas(day).values() if each.id in row.areas],
        "editions": _editions(request.actor, row),
        "uses": row.uses.select_related("industry").order_by("industry__code"),
        "vetoes": VetoOverlay.objects.bearing_on(row).on(day).select_related("department"),
        "current": queries.on_day(row.pk, day),
        "clock": clock_of(row, day, revision_of(row)) if row.in_force and not row.withdrawn else None,
        "may_keep": permissions.may_keep(request.actor, row),
        "may_chase": permissions.may_chase(request.actor, row),
        "keeps": request.actor.holds(*KEEPERS),
        "history": history.of_chains([chain_of(row)]),
        "use_form": forms.UseForm(initial={"since": day}),
        **{f"{name}_form": forms.ConclusionForm(initial=fresh) for name in ("reaffirm", "revise", "retire")},
        **bound,
    }
    status = 422 if bound else 200
    here = crumbs((row.number, ""))
    return frame.page(request, "office/standards/standard.html", context, crumbs=here, status=status)


def _editions(actor: Actor, row: Standard) -> list[Any]:
    seen = row.editions.filter(state__in=PUBLIC)
    if permissions.owns(actor, row.owner_id):
        seen = row.editions.exclude(state="discarded")
    return list(seen.order_by("-in_force", "-pk"))
