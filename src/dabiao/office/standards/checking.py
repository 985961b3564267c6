"""Checking a draft before it is published: phrases one by one, sums, scheme, then the dialog."""

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dabiao.base import clock
from dabiao.kernel.errors import Absent, Invalid
from dabiao.look.addresses import Request, address
from dabiao.look.shapes import Step, StepState
from dabiao.office import acting, frame
from dabiao.office.standards import finding, forms, item_forms, shapes
from dabiao.office.standards.finding import KEEPERS
from dabiao.office.standards.listing import crumbs
from dabiao.standards import queries
from dabiao.standards.models import Edition
from dabiao.standards.queries import Checked
from dabiao.standards.rules.book import Rule
from dabiao.standards.rules.choice import LEVELS
from dabiao.standards.rules.drafting import Phrase
from dabiao.standards.services import corrections, drafts, publishing

WHERE = {"phrases": "#phrases", "sums": "#sums", "scheme": "#scheme"}


@address("核对草案的读取结果", KEEPERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, finding.draft(request, key))


@address("逐条确认扣分条款", KEEPERS, ("POST",))
def phrase(request: Request, key: int, phrase: str) -> HttpResponse:
    """One phrase; htmx gets its row back, a plain form the page again."""
    edition = finding.draft(request, key)
    found, rule = _phrase(edition, phrase)
    form = item_forms.rule_form(rule, request.POST) if rule else None
    if (form is None or form.is_valid()) and _settled(request, edition, found, rule, form):
        if not request.htmx:
            return redirect(reverse("office:edition_check", args=[key]) + f"#phrase-{phrase}")
        return _row(request, edition, found.id)
    return _row(request, edition, found.id, form, status=422)


@address("说明合计不一致的理由", KEEPERS, ("POST",))
def settle_sum(request: Request, key: int, place: int) -> HttpResponse:
    edition = finding.draft(request, key)
    reason = request.POST.get("reason", "")
    try:
        corrections.settle_sum(edition=edition, place=place, reason=reason, by=request.actor, at=clock.now())
    except Invalid as error:
        return _page(request, edition, sum_fault={place: error.fields["reason"]})
    return redirect(reverse("office:edition_check", args=[key]) + WHERE["sums"])


@address("确定评分办法和等级界限", KEEPERS, ("POST",))
def scheme(request: Request, key: int) -> HttpResponse:
    edition = finding.draft(request, key)
    form = item_forms.scheme_form(queries.book(edition).scheme, request.POST)

    def act() -> Edition:
        return corrections.set_scheme(edition=edition, scheme=form.scheme(), by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return redirect(reverse("office:edition_check", args=[key]) + WHERE["scheme"])
    return _page(request, edition, scheme_form=form)


@address("发布一版标准", KEEPERS, ("POST",))
def publish(request: Request, key: int) -> HttpResponse:
    edition = finding.draft(request, key)
    form = forms.PublishForm(request.POST)

    def act() -> Edition:
        said = form.cleaned_data
        return publishing.publish(
            edition=edition, in_force=said["in_force"], by=request.actor, at=clock.now()
        )

    if acting.tried(form, act):
        return acting.done(request, "已发布。内容从此不再改变。", "office:edition", key)
    return _page(request, edition, publish_form=form)


@address("作废草案", KEEPERS, ("POST",))
def discard(request: Request, key: int) -> HttpResponse:
    drafts.discard(edition=finding.draft(request, key), by=request.actor, at=clock.now())
    return acting.done(request, "草案已作废，需要时可以重新导入。", "office:standards")


def _settled(
    request: Request, edition: Edition, found: Phrase, rule: Rule | None, form: item_forms.RuleForm | None
) -> bool:
    said = form.rule(rule.key, rule.text) if form and rule else None
    try:
        corrections.settle_phrase(
            edition=edition, phrase=found.id, rule=said, by=request.actor, at=clock.now()
        )
    except Invalid as error:
        _say(form, error)
        return False
    return True


def _say(form: django_forms.Form | None, error: Invalid) -> None:
    for name, text in error.fields.items():
        if form is not None:
            form.add_error(name if name in form.fields else None, text)


def _phrase(edition: Edition, key: str) -> tuple[Phrase, Rule | None]:
    found = next((each for each in queries.source(edition).phrases if each.id == key), None)
    if found is None:
        raise Absent
    return found, _rule_of(found, {each.key: each.rules for each in queries.book(edition).items})


def _rule_of(found: Phrase, rules: dict[str, tuple[Rule, ...]]) -> Rule | None:
    return next((rule for rule in rules.get(found.item, ()) if rule.key == found.rule), None)


def _row(
    request: Request,
    edition: Edition,
    phrase: str,
    form: item_forms.RuleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One row, and the box that says what is still open, for htmx to swap in."""
    fresh = Edition.objects.select_related("standard__owner").get(pk=edition.pk)
    checked = queries.checked(fresh)
    row = next(each for each in _rows(checked) if each["phrase"].id == phrase)
    row |= {"form": form} if form else {}
    after = _next(checked, phrase)
    context = {"edition": fresh, "row": row, "next": after, "swapped": True, "steps": _steps(checked)}
    context |= _standing(checked)
    return render(request, "office/standards/parts/phrase_swap.html", context, status=status)


def _next(checked: Checked, phrase: str) -> str:
    """The next phrase that waits, after this one or from the top."""
    waiting = [each.id for each in checked.source.waiting]
    later = [each for each in waiting if int(each) > int(phrase)]
    return next(iter(later or waiting), "")


def _rows(checked: Checked) -> list[dict[str, Any]]:
    items = {each.key: each for each in checked.book.items}
    rules = {each.key: each.rules for each in checked.book.items}
    return [_row_of(each, items.get(each.item), _rule_of(each, rules)) for each in checked.source.phrases]


def _row_of(found: Phrase, item: object, rule: Rule | None) -> dict[str, Any]:
    return {
        "phrase": found,
        "item": item,
        "rule": rule,
        "told": shapes.told(rule) if rule else "",
        "form": item_forms.rule_form(rule) if rule else None,
    }


def _standing(checked: Checked) -> dict[str, Any]:
    """What the box beside says: what waits, grouped, then the book's own faults."""
    source = checked.source
    asked = len(source.waiting) + len(source.differing) + (source.scheme is None)
    return {
        "obstacles": checked.obstacles,
        "faults": checked.obstacles[asked:],
        "warnings": checked.warnings,
        "source": source,
    }


def _steps(checked: Checked) -> list[Step]:
    source, waits = checked.source, bool(checked.obstacles)
    done = [
        ("读取评分表", True, f"{len(checked.book.items)}项"),
        ("核对合计", not source.differing, f"{len(source.differing)}处不一致" if source.differing else ""),
        ("确认条款", not source.waiting, f"还有{len(source.waiting)}条" if source.waiting else ""),
        ("评分办法", source.scheme is not None, ""),
        ("发布", False, f"还有{len(checked.obstacles)}处" if waits else "可以发布"),
    ]
    first = next(place for place, (_title, good, _note) in enumerate(done) if not good)
    states = [
        StepState.DONE if good else StepState.NOW if place == first else StepState.TODO
        for place, (_title, good, _note) in enumerate(done)
    ]
    return [Step(title, state, note=note) for (title, _good, note), state in zip(done, states, strict=True)]


def _page(request: Request, edition: Edition, **bound: Any) -> HttpResponse:
    checked = queries.checked(edition)
    form = bound.get("scheme_form") or item_forms.scheme_form(checked.book.scheme)
    context = {
        "edition": edition,
        "checked": checked,
        "branches": shapes.branches(checked.book),
        "rows": _rows(checked),
        "settled": len(checked.source.phrases) - len(checked.source.waiting),
        "steps": _steps(checked),
        "scheme_form": form,
        "rate_levels": form.rows(LEVELS),
        "group_levels": form.rows(key for key, _title in item_forms.DB11_LEVELS),
        "publish_form": forms.PublishForm(initial={"in_force": clock.today()}),
        **_standing(checked),
        **bound,
    }
    here = crumbs((edition.standard.number, f"/office/standards/{edition.standard_id}/"), ("核对草案", ""))
    status = 422 if bound else 200
    return frame.page(request, "office/standards/check.html", context, crumbs=here, status=status)
