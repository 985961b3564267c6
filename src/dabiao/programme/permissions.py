"""Who may tell the programme something, and who answers."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.programme.models import READERS, Feedback, Topic

SEND = act("programme.send_feedback", "公众提出意见建议", "internal/feedback", Role.PUBLIC)
REPLY = act("programme.reply_feedback", "市应急管理局、评审组织单位答复公众", "internal/feedback", *READERS)

ACTS = (SEND, REPLY)


def may_reply(actor: Actor, feedback: Feedback) -> Permit:
    if not actor.holds(*READERS):
        return denied("由市应急管理局或评审组织单位答复。")
    if feedback.topic == Topic.FEE and not actor.holds(Role.BUREAU_CITY):
        return denied("评审收费投诉由市应急管理局处理。", "quality-2015/7")
    return too_early("这条意见已经答复。") if feedback.replied_at else allowed
