"""What the public may read and send in."""

from django.urls import path

from dabiao.publicsite import views

app_name = "publicsite"

urlpatterns = [
    path("", views.home, name="home"),
]
