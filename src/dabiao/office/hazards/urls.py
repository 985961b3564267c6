"""Addresses of findings and of authorities' demands."""

from django.urls import path

from dabiao.office.hazards import demands, views

urlpatterns = [
    path("", views.listing, name="hazards"),
    path("export.xlsx", views.export, name="hazards_export"),
    path("<int:key>/", views.page, name="hazard"),
    path("<int:key>/plan/", views.plan, name="hazard_plan"),
    path("<int:key>/report/", views.report, name="hazard_report"),
    path("<int:key>/confirm/", views.confirm, name="hazard_confirm"),
    path("<int:key>/evidence/<int:file>/", views.evidence, name="hazard_evidence"),
    path("demands/", demands.listing, name="demands"),
    path("demands/<int:key>/", demands.page, name="demand"),
]
