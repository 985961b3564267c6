"""Forms of the creation work. What is known is filled in; where it comes from stands below the field."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.creation.models.groups import Place, WorkKind
from dabiao.creation.rules import rosters
from dabiao.creation.rules.rosters import Person
from dabiao.look.forms import PlainForm, offer

DAY = {"type": "date"}
MOST = 2000


def day_field(label: Any, **told: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **told)


def words_field(label: Any, rows: int = 2, **told: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=MOST, widget=forms.Textarea(attrs={"rows": rows}), **told)


def paper_field(help_text: Any, label: Any = None) -> forms.FileField:
    label = label or _("附件")
    return forms.FileField(label=label, required=False, help_text=help_text)


SCAN = _("扫描件或照片（PDF、JPG、PNG、HEIC），可以不传。")


class RosterField(forms.CharField):
    """People, one a line; says which line cannot be read."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        found, wrong = rosters.read(super().clean(value))
        if wrong:
            raise forms.ValidationError([f"第 {each.line} 行：{each.text}。" for each in wrong])
        return found


class GroupForm(PlainForm):
    """The head is chosen among those known as principal, never typed."""

    head = forms.ChoiceField(label=_("组长（主要负责人）"))
    formed_on = day_field(_("成立日期"))
    document = forms.CharField(
        label=_("成立文件"),
        max_length=120,
        help_text=_("名称和文号，如《关于成立标准化工作领导小组的通知》（安〔2026〕1号）。"),
    )
    deputies = RosterField(
        label=_("分管领导（副组长）"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一人：姓名 职务。"),
    )
    members = RosterField(
        label=_("各部门负责人（成员）"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一人：姓名 职务 部门，用空格或逗号隔开。"),
    )
    file = paper_field(SCAN)

    def __init__(self, *args: Any, heads: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "head", heads)

    def joined(self) -> list[tuple[Place, Person]]:
        told = self.cleaned_data
        deputies = [(Place.DEPUTY, each) for each in told["deputies"]]
        return [
            (Place.HEAD, person_of(told["head"])),
            *deputies,
            *((Place.MEMBER, each) for each in told["members"]),
        ]


def person_of(chosen: str) -> Person:
    """A head as the choice names it: account, then name."""
    key, _, name = chosen.partition(":")
    return Person(name, account=int(key) if key else None)


class JoinForm(PlainForm):
    place = forms.ChoiceField(label=_("担任"), choices=Place.choices, initial=Place.MEMBER)
    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.CharField(label=_("职务"), max_length=40, required=False)
    department = forms.CharField(label=_("部门"), max_length=40, required=False)
    since = day_field(_("起始日期"))


class LeaveForm(PlainForm):
    """`of`: whose row of the list it stands in, so that a fault is shown there."""

    until = day_field(_("不再担任的第一天"))

    def __init__(self, *args: Any, of: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"%s-{of}", **kwargs)
        self.of = of


class MeetingForm(PlainForm):
    held_on = day_field(_("召开日期"))
    attendance = words_field(_("参加人员"))
    subjects = words_field(_("议题"))
    decisions = words_field(_("议定事项"), 3)
    file = paper_field(SCAN, _("会议纪要"))


class WorkForm(PlainForm):
    kind = forms.ChoiceField(label=_("工作"), choices=WorkKind.choices, widget=forms.RadioSelect)
    done_on = day_field(_("日期"))
    people = forms.IntegerField(label=_("参加人数"), min_value=1, max_value=1_000_000)
    words = words_field(_("内容和结果"), 3, help_text=_("培训写课题和考核结果；自查写发现什么、怎样改。"))
    file = paper_field(SCAN)


def dated(day: date, **known: Any) -> dict[str, Any]:
    """Today for every day field of the forms above, with what else is known."""
    names = ("formed_on", "since", "until", "held_on", "done_on")
    return {**dict.fromkeys(names, day), **known}
