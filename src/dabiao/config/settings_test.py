"""Settings for the tests: quick passwords, plain static files, a data folder of their own."""

import tempfile
from pathlib import Path

from dabiao.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DABIAO_DATA = Path(tempfile.mkdtemp(prefix="dabiao-test-"))
DABIAO_DEVELOPMENT = True
DABIAO_SECOND_FACTOR = "optional"  # tests/look/test_second_factor.py demands it
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "here")
}
WHITENOISE_AUTOREFRESH = True
