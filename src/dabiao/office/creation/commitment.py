"""Pages of the commitment letter: read, sign, withdraw, print (uplift/16)."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.creation.documents.commitment import Printed, commitment_pdf
from dabiao.creation.models import Commitment
from dabiao.creation.permissions.commitments import may_sign
from dabiao.creation.queries import commitments as queries
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules import letters
from dabiao.creation.services import commitments as services
from dabiao.creation.states.commitments import TITLES, CommitmentState
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.rates import Rate, spend
from dabiao.office import acting, frame
from dabiao.office.creation import team_forms
from dabiao.office.creation.group import HOME
from dabiao.office.creation.own import own_unit
from dabiao.organisations.models import Unit

PRINCIPAL = frozenset({Role.UNIT_PRINCIPAL})
READERS = UNIT_ROLES | frame.WATCHING
TRYING = Rate("commitment", 10, 10 * 60)


@address("查看和签署承诺书", UNIT_ROLES, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    unit = own_unit(request)
    if request.method != "POST":
        return _page(request, unit)
    may_sign(request.actor, unit.pk).or_refuse()
    spend(TRYING, request, "尝试次数过多，请稍后再试。")
    form = team_forms.SignForm(request.POST)

    def act() -> Commitment:
        return services.sign(unit=unit, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "承诺书已签署，并向社会公开。", "office:commitment")
    return _page(request, unit, sign_form=form)


def _page(request: Request, unit: Unit, **bound: Any) -> HttpResponse:
    day, actor = clock.today(), request.actor
    may = may_sign(actor, unit.pk)
    current = queries.in_force(unit.pk)
    known = principals(unit, day)
    letter = queries.letter(unit, actor.name if may else "、".join(known.names[:1]), day)
    due = current is None or not known.include(current.signer, current.account_id)
    shown = letters.digest(letter.text)
    context = {
        "unit": unit,
        "current": current,
        "due": due or (current is not None and current.letter != letter.version),
        "changed": current is not None and due,
        "letter": letter,
        "edition": letters.edition(letter.version),
        "signed_edition": letters.edition(current.letter) if current else "",
        "may": may,
        "past": Commitment.objects.filter(unit=unit).exclude(state=CommitmentState.IN_FORCE)[:20],
        "titles": {state.value: title for state, title in TITLES.items()},
        "public": _public(current.number) if current else "",
        "sign_form": team_forms.SignForm(initial={"digest": shown}),
        "withdraw_form": team_forms.WithdrawForm(),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    status = 422 if bound else 200
    crumbs = [HOME, ("承诺书", "")]
    return frame.page(request, "office/creation/commitment.html", context, crumbs=crumbs, status=status)


def _public(number: str) -> str:
    return reverse("publicsite:commitment", args=[number])


@address("撤回承诺书", PRINCIPAL, ("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    commitment = queries.visible(request.actor, key)
    form = team_forms.WithdrawForm(request.POST)

    def act() -> Commitment:
        reason = form.cleaned_data["reason"]
        return services.withdraw(commitment=commitment, reason=reason, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "承诺书已撤回，公开页面已注明。", "office:commitment")
    return _page(request, own_unit(request), withdraw_form=form)


@address("下载承诺书（PDF）", READERS)
def pdf(request: Request, key: int) -> HttpResponse:
    row = queries.visible(request.actor, key)
    content = commitment_pdf(
        Printed(
            number=row.number,
            unit=row.unit.name,
            text=row.text,
            signer=row.signer,
            signed_at=row.signed_at.astimezone(clock.SHANGHAI),
            digest=row.digest,
            state="" if row.state == CommitmentState.IN_FORCE else TITLES[CommitmentState(row.state)],
            verification=f"{settings.DABIAO_PUBLIC_ADDRESS}{_public(row.number)}",
        )
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{row.number}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
