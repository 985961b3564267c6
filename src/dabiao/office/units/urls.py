"""Addresses of units."""

from django.urls import path

from dabiao.office.units import views

urlpatterns = [
    path("", views.listing, name="units"),
]
