"""The one act of the demonstration itself; all else is done by the people of the city."""

from dabiao.kernel.acts import act
from dabiao.kernel.roles import Role

BUILD = act("demo.build", "建立演示城市", "internal/demo", Role.TIME)

ACTS = (BUILD,)
