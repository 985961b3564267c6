"""Who builds the team of self-assessors and records their training."""

from dabiao.creation.permissions.groups import LEADING
from dabiao.kernel.acts import act

APPOINT = act("creation.appoint_assessor", "企业组建自评员队伍", "uplift/18", *LEADING)
TRAIN = act("creation.record_training", "企业登记自评员培训", "uplift/18", *LEADING)
FUND = act("creation.set_training_fund", "企业登记自评员培训经费", "uplift/18", *LEADING)

ACTS = (APPOINT, TRAIN, FUND)
