"""Addresses of self-assessments."""

from django.urls import path

from dabiao.office.self_assessments import views

urlpatterns = [
    path("", views.listing, name="self_assessments"),
    path("export.xlsx", views.export, name="self_assessments_export"),
    path("new/", views.new, name="self_assessment_new"),
    path("<int:key>/", views.page, name="self_assessment"),
    path("<int:key>/sign/", views.sign, name="self_assessment_sign"),
    path("<int:key>/countersign/", views.countersign, name="self_assessment_countersign"),
    path("<int:key>/post/", views.post, name="self_assessment_post"),
    path("<int:key>/hand-in/", views.hand_in, name="self_assessment_hand_in"),
    path("<int:key>/abandon/", views.abandon, name="self_assessment_abandon"),
    path("<int:key>/team/", views.team, name="self_assessment_team"),
]
