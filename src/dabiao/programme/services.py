"""Acts of the programme: taking in what the public says, answering it."""

import secrets
from datetime import datetime

from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.programme import permissions
from dabiao.programme.models import LONGEST, LONGEST_CONTACT, READERS, Feedback, Topic

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on paper
SECRET = 8


def send_feedback(*, topic: str, words: str, contact: str, by: Actor, at: datetime) -> Feedback:
    """Take in what somebody says; the receipt is the only way back to it for the sender."""
    _check(topic, words, contact)
    year = day_of(at).year
    number = serials.following(f"feedback:{year}")
    receipt = f"YJ{year}{number:05d}-{''.join(secrets.choice(LETTERS) for _ in range(SECRET))}"
    row = Feedback(receipt=receipt, topic=topic, words=words.strip(), contact=contact.strip(), received_at=at)
    with journal.writing(permissions.SEND, by=by, at=at, on=row) as w:
        return w.create(row)


def _check(topic: str, words: str, contact: str) -> None:
    wrong: dict[str, str] = {}
    if topic not in Topic.values:
        wrong["topic"] = "请选择意见类别。"
    if not words.strip():
        wrong["words"] = "请写下您的意见。"
    elif len(words) > LONGEST:
        wrong["words"] = f"意见最多 {LONGEST} 字，现为 {len(words)} 字，请精简。"
    if len(contact) > LONGEST_CONTACT:
        wrong["contact"] = "联系方式太长，请只留一个电话或邮箱。"
    if wrong:
        raise Invalid("意见还不能提交，请补充标出的内容。", wrong)


def reply_feedback(*, feedback: Feedback, reply: str, version: int, by: Actor, at: datetime) -> Feedback:
    """Answer; whoever holds the receipt reads it."""
    permissions.may_reply(by, feedback).or_refuse()
    if not reply.strip():
        raise Invalid("请填写答复内容。", {"reply": "请填写答复内容。"})
    body = next(post.title for post in by.posts if post.role in READERS)
    with journal.writing(permissions.REPLY, by=by, at=at, on=feedback) as w:
        return w.change(feedback, version=version, reply=reply.strip(), replied_at=at, replied_by=body)
