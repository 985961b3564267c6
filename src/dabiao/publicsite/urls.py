"""What the public may read and send in."""

from django.urls import path

from dabiao.publicsite import (
    certificates,
    directory,
    feedback,
    grading,
    notices,
    objections,
    open_data,
    receipts,
    reports,
    standards,
    views,
)

app_name = "publicsite"

urlpatterns = [
    path("", views.home, name="home"),
    path("certificates/", certificates.listing, name="certificates"),
    path("certificates/verify/", certificates.verify, name="certificate_verify"),
    path("certificates/key/", certificates.key, name="certificate_key"),
    path("certificates/<str:number>/", certificates.one, name="certificate"),
    path("verify/", reports.lookup, name="reports"),
    path("verify/<str:number>/", reports.page, name="report"),
    path("publicity/", grading.publicity, name="publicity"),
    path("publicity/<str:number>/", grading.notice, name="publicity_one"),
    path("publicity/<str:number>/objection/", objections.page, name="objection"),
    path("receipt/", receipts.page, name="receipt"),
    path("announcements/", grading.announcements, name="announcements"),
    path("open-data/", open_data.index, name="open_data"),
    path("open-data/<str:name>.<str:form>", open_data.data, name="open_data_set"),
    path("take-part/", views.take_part, name="take_part"),
    path("notices/<int:key>/", notices.page, name="notice"),
    path("commitments/", notices.commitments, name="commitments"),
    path("commitments/<str:number>/", notices.commitment, name="commitment"),
    path("standards/", standards.listing, name="standards"),
    path("standards/<int:key>/", standards.page, name="standard"),
    path("review-units/", directory.listing, name="review_units"),
    path("feedback/", feedback.page, name="feedback"),
]
