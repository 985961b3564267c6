"""Who may do what with accounts and postings."""

from dabiao.kernel.acts import act
from dabiao.kernel.roles import ADMIN_ROLES, Role

OPEN_ACCOUNT = act("people.open_account", "系统管理员开立账号", "internal/people", Role.SYSTEM_ADMIN)
GIVE_POSTING = act(
    "people.give_posting", "系统（安全）管理员授予任职", "internal/people", Role.SECURITY_ADMIN
)
END_POSTING = act("people.end_posting", "系统（安全）管理员终止任职", "internal/people", Role.SECURITY_ADMIN)
SIGN_IN = act("people.sign_in", "本人登录", "internal/people", *(frozenset(Role) - {Role.PUBLIC, Role.TIME}))

ACTS = (OPEN_ACCOUNT, GIVE_POSTING, END_POSTING, SIGN_IN)
SEPARATED = ADMIN_ROLES
