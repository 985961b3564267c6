"""Work pages, cut by subject."""

from django.urls import path

from dabiao.office import home

app_name = "office"

urlpatterns = [
    path("", home.page, name="home"),
]
