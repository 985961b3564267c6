"""The product's settings with quick passwords: signing in is not what is measured here."""

from dabiao.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
