"""Addresses of gradings."""

from django.urls import path

from dabiao.office.grading import (
    bulletins,
    deciding,
    objections,
    opinions,
    printing,
    rechecking,
    spots,
    views,
)

urlpatterns = [
    path("", views.listing, name="gradings"),
    path("export.xlsx", views.export, name="gradings_export"),
    path("<int:key>/", views.page, name="grading"),
    path("<int:key>/certificate.pdf", printing.certificate, name="certificate_pdf"),
    path("<int:key>/notice/", printing.notice, name="grading_notice"),
    path("<int:key>/recheck/", rechecking.recheck, name="grading_recheck"),
    path("<int:key>/department/", deciding.department, name="grading_department"),
    path("<int:key>/decide/", deciding.decide, name="grading_decide"),
    path("spots/", spots.page, name="spots"),
    path("opinions/<int:key>/", opinions.page, name="opinion"),
    path("opinions/<int:key>/appoint/", opinions.appoint, name="opinion_appoint"),
    path("objections/", objections.listing, name="objections"),
    path("objections/<int:key>/", objections.page, name="objection"),
    path("bulletins/", bulletins.listing, name="bulletins"),
    path("bulletins/new/", bulletins.new, name="bulletin_new"),
    path("bulletins/<int:key>/", bulletins.page, name="bulletin"),
    path("copies/<int:key>/acknowledge/", bulletins.acknowledge, name="copy_acknowledge"),
]
