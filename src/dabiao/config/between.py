"""What the framework does before and after each request, without that which does nothing here.

Three of its listeners are taken away: the list of statements is kept in debugging alone; our caches (files,
memory of the process) have nothing to close; and no request changes the addresses for the next one, which
sets them itself. Those that look after connections stay.
"""

from django.conf import settings
from django.core.cache import close_caches
from django.core.handlers.base import reset_urlconf
from django.core.signals import request_finished, request_started
from django.db import reset_queries


def spare() -> None:
    """Called once, before the first request; again changes nothing."""
    if not settings.DEBUG:
        request_started.disconnect(reset_queries)
    request_finished.disconnect(close_caches)
    request_finished.disconnect(reset_urlconf)
