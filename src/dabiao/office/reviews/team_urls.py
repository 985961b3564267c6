"""Addresses of the team's work."""

from django.urls import path

from dabiao.office.reviews import follow_ups, papers, team

urlpatterns = [
    path("<int:key>/team/", team.page, name="review_work"),
    path("<int:key>/team/<str:name>/", team.act, name="review_act"),
    path("follow-ups/", follow_ups.listing, name="follow_ups"),
    path("<int:key>/follow-up/", follow_ups.page, name="follow_up"),
    path("<int:key>/follow-up/<str:name>/", follow_ups.act, name="follow_up_act"),
    path("reports/<int:key>/report.pdf", papers.pdf, name="report_pdf"),
    path("reports/<int:key>/report.docx", papers.word, name="report_word"),
]
