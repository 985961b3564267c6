"""Work pages, cut by subject."""

from django.urls import include, path

from dabiao.office import home, search

app_name = "office"

urlpatterns = [
    path("", home.page, name="home"),
    path("search/", search.page, name="search"),
    path("self-assessments/", include("dabiao.office.self_assessments.urls")),
    path("hazards/", include("dabiao.office.hazards.urls")),
    path("units/", include("dabiao.office.units.urls")),
]
