"""Addresses of bodies."""

from django.urls import path

from dabiao.office.bodies import duties, recognitions, views

urlpatterns = [
    path("", views.listing, name="bodies"),
    path("duties/", duties.page, name="duties"),
    path("duties/end/", duties.end, name="duty_end"),
    path("recognitions/", recognitions.listing, name="recognitions"),
    path("recognitions/<int:key>/end/", recognitions.end, name="recognition_end"),
]
