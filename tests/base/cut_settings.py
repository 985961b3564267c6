"""The product with its protection cut: people are answered before commit. For killing_served.py."""

from dabiao.config.settings import *  # noqa: F403
from dabiao.config.settings import MIDDLEWARE as WHOLE

MIDDLEWARE = ["base.cutting.answer_first", *WHOLE]
