"""What became of an objection, an opinion or a complaint, by its receipt, without session or account."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from dabiao.grading.queries import objections
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.forms import PlainForm
from dabiao.look.rates import Rate, spend
from dabiao.programme import queries as feedback
from dabiao.publicsite import frame

ASKING = Rate("receipt", 30, 10 * 60)


class ReceiptForm(PlainForm):
    receipt = forms.CharField(
        label=_("回执编号"), max_length=30, help_text=_("提交异议、意见或者投诉时给您的编号。")
    )


@csrf_exempt  # nothing of a session is used: there is no identity a foreign page could borrow
@address("公众凭回执查看答复", EVERYBODY, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    """Asked by POST, so that the receipt stays out of addresses and logs."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found: dict[str, object] = {}
    if request.method == "POST":
        spend(ASKING, request, _("查询过于频繁，请稍后再试。"))
        if form.is_valid() and not (found := _found(form.cleaned_data["receipt"])):
            form.add_error("receipt", _("没有这个回执编号，请核对每一位字母和数字。"))
    status = 422 if form.is_bound and not found else 200
    context = {"form": form, **found}
    return frame.page(request, "publicsite/receipt.html", context, status=status, kept=False)


def _found(receipt: str) -> dict[str, object]:
    told = {"objection": objections.by_receipt(receipt), "opinion": feedback.by_receipt(receipt)}
    return {name: row for name, row in told.items() if row is not None}
