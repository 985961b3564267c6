"""Addresses of the API, below /api/v1/."""

from django.urls import path

from dabiao.api import version_1
from dabiao.api.gates import guarded

app_name = "api"

urlpatterns = [
    path("openapi.json", version_1.document, name="openapi"),
    *guarded(version_1.api),
]
