"""What the public may read and send in."""

from django.urls import path

from dabiao.publicsite import feedback, notices, standards, views

app_name = "publicsite"

urlpatterns = [
    path("", views.home, name="home"),
    path("certificates/", views.certificates, name="certificates"),
    path("take-part/", views.take_part, name="take_part"),
    path("notices/<int:key>/", notices.page, name="notice"),
    path("commitments/", notices.commitments, name="commitments"),
    path("commitments/<str:number>/", notices.commitment, name="commitment"),
    path("standards/", standards.listing, name="standards"),
    path("standards/<int:key>/", standards.page, name="standard"),
    path("feedback/", feedback.page, name="feedback"),
    path("feedback/receipt/", feedback.receipt, name="feedback_receipt"),
]
