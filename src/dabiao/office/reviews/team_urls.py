"""Addresses of the team's work."""

from django.urls import path

from dabiao.office.reviews import papers, team

urlpatterns = [
    path("<int:key>/team/", team.page, name="review_work"),
    path("<int:key>/team/<str:name>/", team.act, name="review_act"),
    path("reports/<int:key>/report.pdf", papers.pdf, name="report_pdf"),
    path("reports/<int:key>/report.docx", papers.word, name="report_word"),
]
