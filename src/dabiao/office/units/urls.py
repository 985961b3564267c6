"""Addresses of units."""

from django.urls import path

from dabiao.office.creation.of_unit import page as of_unit_creation
from dabiao.office.standing.views import of_unit
from dabiao.office.units import changing, importing, views

urlpatterns = [
    path("", views.listing, name="units"),
    path("export.xlsx", views.export, name="units_export"),
    path("imports/", importing.listing, name="unit_imports"),
    path("imports/<int:key>/", importing.page, name="unit_import"),
    path("<int:key>/", views.page, name="unit"),
    path("<int:key>/facts/", changing.facts, name="unit_facts"),
    path("<int:key>/sites/", changing.sites, name="unit_sites"),
    path("<int:key>/areas/", views.areas, name="unit_areas"),
    path("<int:key>/creation/", of_unit_creation, name="unit_creation"),
    path("<int:key>/standing/", of_unit, name="unit_standing"),
]
