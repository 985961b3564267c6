"""Forms of a draft's rows: an item with its deduction rules, an element, a scheme with its thresholds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.kernel.points import points, spell
from dabiao.look.forms import PlainForm
from dabiao.standards.rules.book import (
    Effect,
    Element,
    Group,
    Item,
    Rule,
    Scheme,
    SchemeKind,
    Threshold,
    VetoLevel,
)
from dabiao.standards.rules.choice import LEVELS

EFFECTS = (
    (Effect.ZERO, _("不得分")),
    (Effect.EACH, _("按次扣分")),
    (Effect.ONCE, _("一次扣分")),
    (Effect.FREE, _("人工核定")),
    (Effect.NONE, _("不扣本项分")),
)
VETOES = (
    (VetoLevel.NONE, _("不是否决项")),
    (VetoLevel.VETO, _("否决项")),
    (VetoLevel.FIRST, _("一级否决条款")),
)
GROUPS = ((Group.NONE, _("不分组")), (Group.BASIC, _("基础管理")), (Group.ONSITE, _("现场安全技术")))
KINDS = (
    (SchemeKind.RATE, _("得分率（百分制）")),
    (SchemeKind.TWO_GROUPS, _("基础管理、现场安全技术两组得分率")),
)
NEW_RULES = 2  # blank rows offered for rules the table did not have
DB11_LEVELS = (("A", "A"), ("B", "B"), ("C", "C"))


class PointsField(forms.CharField):
    """Points as people write them, kept as thousandths."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})
        super().__init__(widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        return spell(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return 0
        try:
            return points(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class RuleForm(PlainForm):
    """One deduction rule; its printed text is shown, never changed, except in a new row."""

    text = forms.CharField(label=_("条款原文"), required=False, max_length=400)
    effect = forms.ChoiceField(label=_("如何扣分"), choices=EFFECTS, initial=Effect.NONE)
    points = PointsField(label=_("扣分"), required=False)
    unit = forms.CharField(label=_("每"), required=False, max_length=8)
    extra = PointsField(label=_("追加扣除"), required=False)
    exhausted = forms.BooleanField(label=_("扣满才追加"), required=False)
    total = PointsField(label=_("总分倒扣"), required=False)
    veto = forms.BooleanField(label=_("否决"), required=False)

    def rule(self, key: str, text: str = "") -> Rule:
        """The rule as entered; what its effect does not use is left out."""
        said = self.cleaned_data
        effect = Effect(said["effect"] or Effect.NONE)
        counted = effect in {Effect.EACH, Effect.ONCE}
        return Rule(
            key=key,
            text=text or said["text"].strip(),
            effect=effect,
            points=said["points"] if counted else 0,
            unit=said["unit"].strip() if effect is Effect.EACH else "",
            extra=said["extra"],
            exhausted=said["exhausted"],
            total=said["total"],
            veto=said["veto"],
        )


def rule_form(rule: Rule, data: Any = None) -> RuleForm:
    """The form of a rule that exists, prefilled."""
    names = ("text", "points", "unit", "extra", "exhausted", "total", "veto")
    initial = {name: getattr(rule, name) or "" for name in names} | {"effect": str(rule.effect)}
    return RuleForm(data, initial=initial, prefix=f"rule-{rule.key}")


class ItemForm(PlainForm):
    requirement = forms.CharField(label=_("考评内容"), widget=forms.Textarea(attrs={"rows": 4}))
    number = forms.CharField(label=_("编号"), max_length=40, required=False)
    points = PointsField(label=_("标准分值"))
    method = forms.CharField(
        label=_("考评办法原文"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    check = forms.CharField(label=_("检查方式"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    veto = forms.ChoiceField(label=_("否决"), choices=VETOES, required=False)
    mandatory = forms.BooleanField(label=_("依据强制性规定"), required=False)
    citation = forms.CharField(label=_("依据条款"), required=False, max_length=300)
    areas = forms.MultipleChoiceField(
        label=_("只适用于这些特殊领域"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pictures = forms.CharField(label=_("要求的照片"), required=False, max_length=200)
    picture_always = forms.BooleanField(label=_("符合时也要照片"), required=False)
    applies_when = forms.CharField(label=_("适用条件"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def item(self, was: Item, rules: Sequence[Rule]) -> Item:
        said = self.cleaned_data
        return Item(
            key=was.key,
            element=was.element,
            number=said["number"],
            requirement=said["requirement"],
            method=said["method"],
            points=said["points"],
            rules=tuple(rules),
            check=said["check"],
            veto=VetoLevel(said["veto"] or ""),
            mandatory=said["mandatory"],
            citation=said["citation"],
            areas=tuple(said["areas"]),
            pictures=said["pictures"],
            picture_always=said["picture_always"],
            applies_when=said["applies_when"],
        )


class RuleForms:
    """The rules of an item as rows: those it has, then blank ones."""

    def __init__(self, item: Item, data: Any = None) -> None:
        self.rules = item.rules
        highest = max((int(each.key) for each in item.rules if each.key.isdecimal()), default=0)
        self.new = [str(highest + number) for number in range(1, NEW_RULES + 1)]
        self.known = [rule_form(rule, data) for rule in item.rules]
        self.blank = [RuleForm(data, prefix=f"rule-{key}") for key in self.new]
        for form in self.blank:
            form.fields["effect"].required = False

    @property
    def all(self) -> list[RuleForm]:
        return [*self.known, *self.blank]

    def is_valid(self) -> bool:
        return len([form for form in self.all if form.is_valid()]) == len(self.all)

    def read(self) -> list[Rule]:
        known = zip(self.rules, self.known, strict=True)
        added = zip(self.new, self.blank, strict=True)
        return [
            *(form.rule(rule.key, rule.text) for rule, form in known),
            *(form.rule(key) for key, form in added if form.cleaned_data["text"].strip()),
        ]


class ElementForm(PlainForm):
    title = forms.CharField(label=_("名称"), max_length=160)
    number = forms.CharField(label=_("编号"), required=False, max_length=40)
    points = PointsField(label=_("载明分值"), required=False, help_text=_("没有载明的留空。"))
    group = forms.ChoiceField(label=_("分组"), choices=GROUPS, required=False)

    def element(self, was: Element) -> Element:
        said = self.cleaned_data
        stated = said["points"] if self.data.get(self.add_prefix("points"), "").strip() else None
        return Element(was.key, said["title"], said["number"], was.parent, stated, Group(said["group"] or ""))


class SchemeForm(PlainForm):
    """Kind, then a threshold for each level it can give; an empty one gives no such level."""

    kind = forms.ChoiceField(label=_("评分办法"), choices=KINDS, widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("等级界限的依据"), required=False, max_length=200, help_text=_("文件名称和条款。")
    )
    confirmed = forms.BooleanField(label=_("依据已经核实"), required=False)
    zero_exhausts = forms.BooleanField(
        label=_("单独“不得分”也算“扣满”"),
        required=False,
        help_text=_("原文说“扣满”才追加扣除的，只有不得分而没有逐项扣满时是否追加。不勾选即不追加。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for key, title in (*LEVELS.items(), *DB11_LEVELS):
            label = _("%(level)s不低于") % {"level": title}
            self.fields[f"level-{key}"] = PointsField(label=label, required=False)

    def rows(self, keys: Iterable[str]) -> list[forms.BoundField]:
        return [self[f"level-{key}"] for key in keys]

    def scheme(self) -> Scheme:
        """Thresholds from the highest level down, as the levels are listed."""
        said = self.cleaned_data
        kind = SchemeKind(said["kind"])
        keys = list(LEVELS) if kind is SchemeKind.RATE else [key for key, _title in DB11_LEVELS]
        limits = [Threshold(key, said[f"level-{key}"]) for key in keys if said[f"level-{key}"]]
        return Scheme(kind, tuple(limits), said["basis"], said["confirmed"], said["zero_exhausts"])


def scheme_form(scheme: Scheme, data: Any = None) -> SchemeForm:
    limits = {f"level-{each.level}": each.at_least for each in scheme.thresholds}
    names = ("basis", "confirmed", "zero_exhausts")
    initial = {name: getattr(scheme, name) for name in names} | limits | {"kind": str(scheme.kind)}
    return SchemeForm(data, initial=initial)
