"""The field page and the addresses of its protocol, below /field/."""

from django.urls import path

from dabiao.field import pages, views

app_name = "field"

urlpatterns = [
    path("", pages.page, name="page"),
    path("worker.js", pages.worker, name="worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("session", views.session, name="session"),
    path("visits/<str:visit>/packet", views.packet, name="packet"),
    path("acts", views.deliver, name="acts"),
    path("pictures/<str:digest>", views.picture, name="picture"),
    path("known", views.known, name="known"),
    path("devices", views.enrol, name="devices"),
    path("wipe", views.wipe, name="wipe"),
    path("wiped", views.wiped, name="wiped"),
]
