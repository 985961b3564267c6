"""Addresses of what the public told us."""

from django.urls import path

from dabiao.office.feedback import views

urlpatterns = [
    path("", views.listing, name="feedback"),
    path("export.xlsx", views.export, name="feedback_export"),
    path("<int:key>/", views.page, name="feedback_one"),
]
