"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shared(request: HttpRequest) -> dict[str, Any]:
    return {"product": "达标", "development": settings.DABIAO_DEVELOPMENT}
