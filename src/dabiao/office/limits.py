"""A limit of the kernel as the look shows it."""

from dabiao.kernel.limits import LimitState, words
from dabiao.law.citing import clause_title
from dabiao.look.shapes import Light, LimitShown


def shown(state: LimitState, clause: str) -> LimitShown:
    light = Light.STOPPED if state.suspended else Light(state.colour)
    return LimitShown(light, words(state), state.due, state.provisional, clause_title(clause))
