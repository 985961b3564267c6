"""Addresses of findings and of authorities' demands."""

from django.urls import path

from dabiao.office.hazards import demands, risks, screenings, views

urlpatterns = [
    path("", views.listing, name="hazards"),
    path("export.xlsx", views.export, name="hazards_export"),
    path("<int:key>/", views.page, name="hazard"),
    path("<int:key>/plan/", views.plan, name="hazard_plan"),
    path("<int:key>/report/", views.report, name="hazard_report"),
    path("<int:key>/confirm/", views.confirm, name="hazard_confirm"),
    path("<int:key>/evidence/<int:file>/", views.evidence, name="hazard_evidence"),
    path("<int:key>/risk/", screenings.link, name="hazard_risk"),
    path("risks/", risks.listing, name="risks"),
    path("risks/export.xlsx", risks.export, name="risks_export"),
    path("risks/import/", risks.take_in, name="risks_import"),
    path("risks/<int:key>/", risks.page, name="risk"),
    path("risks/<int:key>/remove/", risks.remove, name="risk_remove"),
    path("screenings/", screenings.page, name="screenings"),
    path("screenings/export.xlsx", screenings.export, name="screenings_export"),
    path("demands/", demands.listing, name="demands"),
    path("demands/export.xlsx", demands.export, name="demands_export"),
    path("demands/<int:key>/", demands.page, name="demand"),
]
