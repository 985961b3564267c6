"""Experts are drawn by specialty: list frozen, a word from either body, the order follows (uplift/20)."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from dabiao import draw
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.people.models import Account, Qualification
from dabiao.people.queries import qualification_faults
from dabiao.reviews.models import ExpertDraw, Review
from dabiao.reviews.permissions import plans as permissions
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.queries import separation
from dabiao.reviews.rules.recusal import Reason
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import stopping

MOST_WORD = 40
Aside = tuple[Account, tuple[Reason, ...]]


def freeze(*, review: Review, specialty: str, count: int, by: Actor, at: datetime) -> ExpertDraw:
    """Who may be drawn is put down before anybody gives a word; who must stand aside, with the reason. Who
    only shares a name with an adviser's staff stands aside too, and is put before the organizing unit."""
    permissions.may_plan(by, review).or_refuse()
    specialty, day = specialty.strip(), day_of(at)
    able, aside = _able(review, specialty, day)
    if not specialty or not 1 <= count <= len(able):
        words = f"专业“{specialty}”现有 {len(able)} 名专家可以抽取。" + _namesakes(aside, review, day)
        raise Invalid(words, {"count" if specialty else "specialty": words})
    frozen = draw.freeze(row.number for row in able)
    left_out = [
        {"name": each.name, "why": "；".join(reason.fact for reason in found)} for each, found in aside
    ]
    row = ExpertDraw(review=review, specialty=specialty, count=count, left_out=left_out, frozen_at=at)
    row.keys, row.digest, row.frozen_by_id = list(frozen.keys), frozen.digest, by.account or 0
    with journal.writing(permissions.FREEZE, by=by, at=at, on=review) as w:
        w.create(row)
        tied = [each for who, _ in aside for each in separation.conflicts_of(who, review, day)]
        stopping.note_namesakes(found=tied, on=review, by=by, at=at)
    return row


def _able(review: Review, specialty: str, day: date) -> tuple[list[Qualification], list[Aside]]:
    """Experts of the specialty, qualified today and not tied to the unit; and those who are."""
    rows = Qualification.objects.filter(kind="expert", specialties__contains=specialty or "、、")
    rows = rows.filter(since__lte=day, until__gt=day).select_related("account").order_by("number")
    faults = qualification_faults({row.account_id for row in rows}, "expert", day)
    able, aside, gone = [], [], queries.declined(review)
    for row in rows:
        found = queries.recused(row.account, review, day)
        if found:
            aside.append((row.account, found))
        elif not faults[row.account_id] and row.account_id not in gone:
            able.append(row)
    return able, aside


def _namesakes(aside: Sequence[Aside], review: Review, day: date) -> str:
    """How many of those left out might be drawn once somebody has said that they are another."""
    found = [separation.conflicts_of(account, review, day) for account, _ in aside]
    count = sum(bool(each) and all(one.name for one in each) for each in found)
    if not count:
        return ""
    return f"另有 {count} 名因与咨询机构人员重名没有列入，可以请评审组织单位在评审合同页面认定是否同一人。"


@transaction.atomic
def seed(*, row: ExpertDraw, word: str, by: Actor, at: datetime) -> ExpertDraw:
    """A body gives its word; with the second one the order is there."""
    journal.hold(row, "words", "drawn_at")
    permissions.may_seed(by, row).or_refuse()
    review, word = row.review, word.strip()
    body = review.body if permissions.party(by, review) == review.body_id else review.organizing
    if not word or len(word) > MOST_WORD or "\n" in word:
        raise Invalid("请填写随机词。", {"word": f"请任意填写一个不超过 {MOST_WORD} 字的词。"})
    if body.name in row.words:
        raise Invalid("本单位已经给出随机词，不能再改。", {"word": "本单位已经给出随机词，不能再改。"})
    words = {**row.words, body.name: word}
    done: dict[str, Any] = {}
    if len(words) >= draw.drawing.LEAST_PARTIES:
        drawn = draw.draw(draw.freeze(row.keys), words, row.count)
        done = {"record": drawn.plain(), "drawn_at": at}
    with journal.writing(permissions.SEED, by=by, at=at, on=review) as w:
        return w.change(row, words=words, **done)


def moved_up(review: Review, span: Span) -> list[Account]:
    """The experts drawn; who declined, must stand aside by now, is not qualified or at another visit then is
    followed by the next."""
    found: list[Account] = []
    for row in queries.draws(review):
        if row.record is None:
            raise Invalid("专家抽取还没有完成，请等双方给出随机词。", {"team": "专家抽取还没有完成。"})
        found += _first(review, row, span, {each.pk for each in found})
    return found


def _first(review: Review, row: ExpertDraw, span: Span, had: set[int]) -> list[Account]:
    order = draw.read(row.record or {}).order
    by_number = {each.number: each.account for each in _held(order)}
    people = [by_number[key] for key in order if key in by_number and by_number[key].pk not in had]
    faults = queries.unqualified(people, "expert", span)
    busy = {
        each.account
        for each in queries.taken([p.pk for p in people], span)
        if (each.day, each.half) in span.slots
    }
    out = queries.declined(review) | faults.keys() | busy
    free = (each for each in people if each.pk not in out)
    return list(islice((each for each in free if not queries.recused(each, review, span.first)), row.count))


def _held(order: tuple[str, ...]) -> list[Qualification]:
    return list(Qualification.objects.filter(number__in=order).select_related("account"))
