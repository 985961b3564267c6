"""Addresses of qualifications."""

from django.urls import path

from dabiao.office.qualifications import views

urlpatterns = [
    path("", views.listing, name="qualifications"),
    path("export.xlsx", views.export, name="qualifications_export"),
    path("new/", views.new, name="qualification_new"),
]
