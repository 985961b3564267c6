"""Addresses of conflicts brought in from the spot, below /office/contests/."""

from django.urls import path

from dabiao.office.sheets import contests

urlpatterns = [
    path("", contests.listing, name="contests"),
    path("<int:contest>/", contests.page, name="contest"),
    path("<int:contest>/signatures/<int:place>.jpg", contests.signature, name="contest_signature"),
]
