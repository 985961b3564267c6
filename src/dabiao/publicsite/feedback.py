"""意见建议: a form without session or account, and what became of it by receipt."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from dabiao.base import clock
from dabiao.kernel.errors import Invalid
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.forms import PlainForm
from dabiao.look.rates import Rate, spend
from dabiao.programme.models import LONGEST, LONGEST_CONTACT, Topic
from dabiao.publicsite import frame, inbox
from dabiao.publicsite.receipts import ReceiptForm

SENDING = Rate("feedback", 5, 10 * 60)
TRAP = "homepage"  # a field people do not see; who fills it is no person


class FeedbackForm(PlainForm):
    topic = forms.ChoiceField(label=_("类别"), choices=Topic.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("您的意见"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("请写明是哪个页面、哪项标准或哪个环节。不必写姓名、电话等个人信息。"),
        error_messages={"max_length": _("意见最多 %(limit_value)d 字，现为 %(show_value)d 字，请精简")},
    )
    contact = forms.CharField(
        label=_("联系方式"),
        required=False,
        max_length=LONGEST_CONTACT,
        help_text=_("可以不填。凭回执编号就能查看答复。"),
    )
    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))


@csrf_exempt  # nothing of a session is used: there is no identity a foreign page could borrow
@address("公众提出意见建议", EVERYBODY, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _send(request)
    about = request.GET.get("topic", "")
    return _form(request, FeedbackForm(initial={"topic": about if about in Topic.values else Topic.SYSTEM}))


def _send(request: Request) -> HttpResponse:
    spend(SENDING, request, _("您提交得有些频繁，请稍后再提交。您已写的内容可以返回上一页找回。"))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    told = dict(form.cleaned_data)
    if told.pop(TRAP):
        return frame.page(request, "publicsite/received.html", {"receipt": ""}, kept=False)
    try:
        taken = inbox.take_feedback(**told, at=clock.now())
    except Invalid as error:
        form.add_error(None, error.text)
        return _form(request, form)
    return frame.page(request, "publicsite/received.html", {"receipt": taken.receipt}, kept=False)


def _form(request: Request, form: FeedbackForm) -> HttpResponse:
    status, kept = (422, False) if form.is_bound else (200, True)
    context = {"form": form, "receipt_form": ReceiptForm()}
    return frame.page(request, "publicsite/feedback.html", context, status=status, kept=kept)
