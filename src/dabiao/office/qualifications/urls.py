"""Addresses of qualifications."""

from django.urls import path

from dabiao.office.qualifications import deciding, views

urlpatterns = [
    path("", views.listing, name="qualifications"),
    path("export.xlsx", views.export, name="qualifications_export"),
    path("new/", views.new, name="qualification_new"),
    path("own/", views.own, name="own_qualifications"),
    path("<int:key>/", deciding.page, name="qualification"),
    path("<int:key>/suspend/", deciding.suspend, name="qualification_suspend"),
    path("<int:key>/resume/", deciding.resume, name="qualification_resume"),
    path("<int:key>/withdraw/", deciding.withdraw, name="qualification_withdraw"),
]
