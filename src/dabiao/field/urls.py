"""Addresses of the field protocol, below /field/."""

from django.urls import path

from dabiao.field import views

app_name = "field"

urlpatterns = [
    path("session", views.session, name="session"),
    path("visits/<str:visit>/packet", views.packet, name="packet"),
    path("acts", views.deliver, name="acts"),
    path("pictures/<str:digest>", views.picture, name="picture"),
    path("known", views.known, name="known"),
    path("devices", views.enrol, name="devices"),
    path("wipe", views.wipe, name="wipe"),
    path("wiped", views.wiped, name="wiped"),
]
