"""异议: against what is before the public, named or not, without session or account; tracked by receipt."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.grading.models.objections import LONGEST, LONGEST_CONTACT, LONGEST_NAME, Aim
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.forms import PlainForm
from dabiao.look.rates import Rate, spend
from dabiao.publicsite import frame, inbox, register
from dabiao.publicsite.feedback import TRAP

SENDING = Rate("objection", 5, 10 * 60)


class ObjectionForm(PlainForm):
    aim = forms.ChoiceField(label=_("异议所指"), choices=Aim.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("异议的内容和理由"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("请写明时间、地点和看到的情况，有助于核实。"),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现为 %(show_value)d 字，请精简")},
    )
    name = forms.CharField(
        label=_("姓名或者单位"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("可以不填，匿名的同样办理。只有核实人员可以看到。"),
    )
    contact = forms.CharField(label=_("联系方式"), required=False, max_length=LONGEST_CONTACT)
    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))


@csrf_exempt  # nothing of a session is used: there is no identity a foreign page could borrow
@address("公众对公示提出异议", EVERYBODY, ("GET", "POST"))
def page(request: Request, number: str) -> HttpResponse:
    row = register.publicised(number, clock.today())
    if row is None:
        raise Absent("没有这个编号的公示，请核对编号。")
    if request.method == "POST":
        return _send(request, row)
    return _form(request, row, ObjectionForm(initial={"aim": Aim.UNIT}))


def _send(request: Request, row: PublicRecord) -> HttpResponse:
    spend(SENDING, request, _("您提交得有些频繁，请稍后再提交。您已写的内容可以返回上一页找回。"))
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _form(request, row, form)
    told = dict(form.cleaned_data)
    if told.pop(TRAP):
        return _received(request, "")
    try:
        taken = inbox.take_objection(notice=row.number, **told, at=clock.now())
    except (Invalid, OutOfTurn) as error:
        form.add_error(None, error.text)
        return _form(request, row, form)
    return _received(request, taken.receipt)


def _received(request: Request, receipt: str) -> HttpResponse:
    return frame.page(
        request, "publicsite/received.html", {"receipt": receipt, "objection": True}, kept=False
    )


def _form(request: Request, row: PublicRecord, form: ObjectionForm) -> HttpResponse:
    status, kept = (422, False) if form.is_bound else (200, True)
    context = {"form": form, "row": row, "payload": row.payload}
    return frame.page(request, "publicsite/objection.html", context, status=status, kept=kept)
