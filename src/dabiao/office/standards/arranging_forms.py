"""Forms that rearrange a draft: a new item or element, where an item goes, what joins, what parts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm
from dabiao.office.standards.item_forms import GROUPS, PointsField
from dabiao.standards.rules.arranging import Part
from dabiao.standards.rules.book import Book, Element, Group, Item, VetoLevel

SHORT = 28  # characters of a requirement in a list to choose from
LINES = {"rows": 4}


def named(item: Item) -> str:
    words = "".join(item.requirement.split())
    return f"{item.number} {words[:SHORT]}{'…' if len(words) > SHORT else ''}"


def elements(book: Book) -> list[tuple[str, str]]:
    return [(each.key, f"{each.number} {each.title}".strip()) for each in book.elements]


def places(book: Book, moving: str) -> Iterator[tuple[str, Sequence[tuple[str, Any]]]]:
    """Each element: ahead of its items, or behind one of them."""
    for key, title in elements(book):
        inside = [each for each in book.items if each.element == key and each.key != moving]
        behind = [(f"item:{each.key}", _("在 %(item)s 之后") % {"item": named(each)}) for each in inside]
        yield title, [(f"element:{key}", _("%(element)s：最前") % {"element": title}), *behind]


class NewItemForm(PlainForm):
    element = forms.ChoiceField(label=_("所在要素"))
    requirement = forms.CharField(label=_("考评内容"), widget=forms.Textarea(attrs=LINES))
    number = forms.CharField(
        label=_("编号"), required=False, max_length=40, help_text=_("不填则接着要素中已有的编号。")
    )
    points = PointsField(label=_("标准分值"))
    method = forms.CharField(
        label=_("考评办法原文"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("照原文填写。保存后自动读出扣分条款，没有读懂或有疑问的请随后确认。"),
    )
    veto = forms.BooleanField(label=_("列为否决项"), required=False)

    def item(self) -> Item:
        said = self.cleaned_data
        veto = VetoLevel.VETO if said["veto"] else VetoLevel.NONE
        return Item(
            key="",
            element=said["element"],
            number=said["number"].strip(),
            requirement=said["requirement"].strip(),
            method=said["method"].strip(),
            points=said["points"],
            veto=veto,
        )


class MoveForm(PlainForm):
    place = forms.ChoiceField(label=_("移到"), help_text=_("可以移到其他要素；分值随项目计入新的要素。"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def where(self, book: Book) -> tuple[str, str]:
        """The element, and the item it comes behind (empty: ahead)."""
        kind, _colon, key = self.cleaned_data["place"].partition(":")
        if kind == "element":
            return key, ""
        return next(each.element for each in book.items if each.key == key), key


class MergeForm(PlainForm):
    into = forms.ChoiceField(
        label=_("并入"), help_text=_("考评内容和扣分条款接在所选项目之后，编号随所选项目。")
    )
    points = PointsField(label=_("合并后的标准分值"), help_text=_("缺省为两项之和，总分不变。"))


class SplitForm(PlainForm):
    """What stays, what goes into a new item, and which rules go along."""

    first_requirement = forms.CharField(label=_("本项的考评内容"), widget=forms.Textarea(attrs=LINES))
    first_points = PointsField(label=_("本项的标准分值"))
    second_requirement = forms.CharField(label=_("新项的考评内容"), widget=forms.Textarea(attrs=LINES))
    second_points = PointsField(label=_("新项的标准分值"))
    rules = forms.MultipleChoiceField(
        label=_("分到新项的扣分条款"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def stays(self) -> Part:
        return Part(self.cleaned_data["first_requirement"].strip(), self.cleaned_data["first_points"])

    def goes(self) -> Part:
        said = self.cleaned_data
        rules = frozenset(said["rules"])
        return Part(said["second_requirement"].strip(), said["second_points"], rules)


class NewElementForm(PlainForm):
    title = forms.CharField(label=_("名称"), max_length=160)
    number = forms.CharField(label=_("编号"), required=False, max_length=40)
    parent = forms.ChoiceField(label=_("上级要素"), required=False)
    points = PointsField(label=_("载明分值"), required=False, help_text=_("没有载明的留空。"))
    group = forms.ChoiceField(label=_("分组"), choices=GROUPS, required=False)

    def element(self) -> Element:
        said = self.cleaned_data
        stated = said["points"] if self.data.get("points", "").strip() else None
        title, number = said["title"].strip(), said["number"].strip()
        return Element("", title, number, said["parent"], stated, Group(said["group"] or ""))
