"""Work pages, cut by subject."""

from django.urls import include, path

from dabiao.office import home, search

app_name = "office"

urlpatterns = [
    path("sheets/", include("dabiao.office.sheets.urls")),  # first: every answer of a sheet is saved there
    path("", home.page, name="home"),
    path("waiting/", home.waiting, name="waiting"),
    path("search/", search.page, name="search"),
    path("creation/", include("dabiao.office.creation.urls")),
    path("self-assessments/", include("dabiao.office.self_assessments.urls")),
    path("hazards/", include("dabiao.office.hazards.urls")),
    path("contests/", include("dabiao.office.sheets.contest_urls")),
    path("standards/", include("dabiao.office.standards.urls")),
    path("bodies/", include("dabiao.office.bodies.urls")),
    path("units/", include("dabiao.office.units.urls")),
    path("cases/", include("dabiao.office.cases.urls")),
    path("gradings/", include("dabiao.office.grading.urls")),
    path("supervision/", include("dabiao.office.supervision.urls")),
    path("reviews/", include("dabiao.office.reviews.urls")),
    path("standing/", include("dabiao.office.standing.urls")),
    path("qualifications/", include("dabiao.office.qualifications.urls")),
    path("accounts/", include("dabiao.office.accounts.urls")),
    path("calendars/", include("dabiao.office.calendars.urls")),
    path("journal/", include("dabiao.office.journal.urls")),
    path("reviews/", include("dabiao.office.reviews.team_urls")),
    path("feedback/", include("dabiao.office.feedback.urls")),
]
