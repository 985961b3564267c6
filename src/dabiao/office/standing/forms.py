"""Forms of facts: each kind asks for its own fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.kernel.days import DAY
from dabiao.look.forms import PlainForm, offer
from dabiao.standing.models import Fact
from dabiao.standing.rules.kinds import GROUPS, MUST, NO, Kind
from dabiao.standing.services import Told

LONGEST, LONGEST_NUMBER = 300, 80
MOST: Final = 10**12


def _day(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class ChooseForm(PlainForm):
    """Which unit, and what kind of fact."""

    code = forms.CharField(
        label=_("企业全称或者统一社会信用代码"),
        max_length=120,
        help_text=_("请完整填写，系统按管辖范围查找。"),
    )
    kind = forms.ChoiceField(label=_("登记什么"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: tuple[Kind, ...], asks_unit: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for kind in kinds:
            grouped.setdefault(GROUPS[kind.group], []).append((kind.id, kind.title))
        offer(self, "kind", list(grouped.items()))
        if not asks_unit:
            del self.fields["code"]


class FactForm(PlainForm):
    """What one kind of fact says."""

    def __init__(self, *args: Any, kind: Kind, asks_file: bool, **more: Any) -> None:
        self.base_fields = _fields(kind, asks_file=asks_file)  # type: ignore[misc] # each kind its own
        super().__init__(*args, **more)
        self.kind = kind

    def told(self) -> Told:
        said = self.cleaned_data
        last = said.get("last")
        return Told(
            kind=self.kind.id,
            since=said["since"],
            until=last + DAY if last else None,
            words=said["words"],
            source=said["source"],
            which=said.get("which", ""),
            number=said.get("number", ""),
            counts={name: said[f"count_{name}"] for name in self.kind.counts},
        )


def _fields(kind: Kind, *, asks_file: bool) -> dict[str, forms.Field]:
    return {**_named(kind), **_days(kind), **_counted(kind), **_said(kind, asks_file=asks_file)}


def _named(kind: Kind) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if kind.which:
        choices = [("", "请选择"), *kind.which.items()]
        found["which"] = forms.ChoiceField(label=str(_("具体是哪一项")), choices=choices)
    if kind.number:
        found["number"] = forms.CharField(label=str(_("编号或者文号")), max_length=LONGEST_NUMBER)
    return found


def _days(kind: Kind) -> dict[str, forms.Field]:
    event = kind.ends == NO
    found: dict[str, forms.Field] = {"since": _day("发生日期" if event else "起始日期", required=True)}
    if not event:
        found["last"] = _day(
            "有效期至（含当日）", required=kind.ends == MUST, help_text="长期有效或者尚未终止的留空。"
        )
    return found


def _counted(kind: Kind) -> dict[str, forms.Field]:
    return {
        f"count_{name}": forms.IntegerField(label=title, min_value=0, max_value=MOST)
        for name, title in kind.counts.items()
    }


def _said(kind: Kind, *, asks_file: bool) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 2})
    found: dict[str, forms.Field] = {
        "words": forms.CharField(
            label="事实", max_length=LONGEST, widget=area, help_text="例如证照名称、情节。"
        ),
        "source": forms.CharField(label="来源", max_length=200, help_text="文书名称、文号或者网址。"),
    }
    help_text = "照片（JPG、PNG、HEIC）或者 PDF。"
    required = kind.file and asks_file
    found["file"] = forms.FileField(label="证明文件", required=required, help_text=help_text)
    return found


def initial(fact: Fact) -> Mapping[str, Any]:
    """A fact as its form shows it: what is corrected starts from what was recorded."""
    last: date | None = fact.until - DAY if fact.until else None
    told = {name: getattr(fact, name) for name in ("which", "number", "since", "words", "source")}
    return {**told, "last": last, **{f"count_{name}": value for name, value in fact.counts.items()}}


def reason() -> forms.CharField:
    """Why what was recorded is wrong."""
    return forms.CharField(
        label="更正理由",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明原来错在哪里"},
    )


class LiftForm(PlainForm):
    until = _day("自哪日起不再适用", required=True, help_text="当日起不再适用。")
    reason = forms.CharField(label=_("依据"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)
