"""Addresses of supervision."""

from django.urls import path

from dabiao.office.supervision import draws, views

urlpatterns = [
    path("", views.listing, name="verifications"),
    path("draws/", draws.listing, name="verification_draws"),
    path("draws/freeze/", draws.freeze, name="verification_freeze"),
    path("draws/<int:key>/", draws.page, name="verification_draw"),
    path("<int:key>/", views.page, name="verification"),
    path("<int:key>/<str:name>/", views.act, name="verification_act"),
]
