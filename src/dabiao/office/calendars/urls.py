"""Addresses of working-day calendars."""

from django.urls import path

from dabiao.office.calendars import views

urlpatterns = [
    path("", views.listing, name="calendars"),
    path("export.xlsx", views.export, name="calendars_export"),
    path("<int:year>/", views.page, name="calendar"),
]
