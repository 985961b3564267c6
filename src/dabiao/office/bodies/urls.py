"""Addresses of bodies."""

from django.urls import path

from dabiao.office.bodies import duties, one, recognitions, views

urlpatterns = [
    path("", views.listing, name="bodies"),
    path("export.xlsx", views.export, name="bodies_export"),
    path("<int:key>/", one.page, name="body"),
    path("<int:key>/rename/", one.rename, name="body_rename"),
    path("<int:key>/end/", one.end, name="body_end"),
    path("duties/", duties.page, name="duties"),
    path("duties/end/", duties.end, name="duty_end"),
    path("recognitions/", recognitions.listing, name="recognitions"),
    path("recognitions/<int:key>/end/", recognitions.end, name="recognition_end"),
]
