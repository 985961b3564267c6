"""Addresses of the journal, read only."""

from django.urls import path

from dabiao.office.journal import views

urlpatterns = [
    path("", views.listing, name="journal"),
    path("export.xlsx", views.export, name="journal_export"),
    path("verify/", views.verified, name="journal_verify"),
    path("<int:key>/", views.page, name="journal_entry"),
]
