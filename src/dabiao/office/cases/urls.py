"""Addresses of cases."""

from django.urls import path

from dabiao.office.cases import deciding, engaging, handling, unit, views

urlpatterns = [
    path("", views.listing, name="cases"),
    path("export.xlsx", views.export, name="cases_export"),
    path("new/", unit.new, name="case_new"),
    path("<int:key>/", views.page, name="case"),
    path("<int:key>/conditions/", unit.conditions, name="case_conditions"),
    path("<int:key>/submit/", unit.submit, name="case_submit"),
    path("<int:key>/withdraw/", unit.withdraw, name="case_withdraw"),
    path("<int:key>/complete/", unit.complete, name="case_complete"),
    path("<int:key>/receive/", handling.receive, name="case_receive"),
    path("<int:key>/audit/", handling.audit, name="case_audit"),
    path("<int:key>/propose/", handling.propose, name="case_propose"),
    path("<int:key>/decide/", deciding.decide, name="case_decide"),
    path("<int:key>/why/", deciding.why, name="case_why"),
    path("<int:key>/lapse/", engaging.lapse, name="case_lapse"),
    path("<int:key>/notice/", deciding.notice, name="case_notice"),
]
