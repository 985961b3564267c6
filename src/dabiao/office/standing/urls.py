"""Addresses of standing."""

from django.urls import path

from dabiao.office.standing import changing, recording, views

urlpatterns = [
    path("", views.listing, name="standing"),
    path("export.xlsx", views.export, name="standing_export"),
    path("new/", recording.new, name="standing_new"),
    path("<int:key>/", views.page, name="fact"),
    path("<int:key>/file/", views.file, name="fact_file"),
    path("<int:key>/lift/", changing.lift, name="fact_lift"),
    path("<int:key>/correct/", changing.correct, name="fact_correct"),
]
