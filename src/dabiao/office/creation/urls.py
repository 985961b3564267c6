"""Addresses of the creation work."""

from django.urls import path

from dabiao.office.creation import assessors, commitment, group, overview, works

urlpatterns = [
    path("", overview.page, name="creation"),
    path("group/", group.page, name="group"),
    path("group/document/", group.document, name="group_document"),
    path("group/members/", group.join, name="group_join"),
    path("group/members/<int:key>/leave/", group.leave, name="group_leave"),
    path("group/meetings/", group.meet, name="group_meet"),
    path("group/meetings/<int:key>/file/", group.minutes, name="group_minutes"),
    path("works/", works.page, name="works"),
    path("works/<int:key>/file/", works.file, name="work_file"),
    path("assessors/", assessors.page, name="assessors"),
    path("assessors/<int:key>/leave/", assessors.leave, name="assessor_leave"),
    path("assessors/trainings/", assessors.train, name="assessor_train"),
    path("assessors/trainings/<int:key>/file/", assessors.training, name="training_file"),
    path("assessors/fund/", assessors.fund, name="assessor_fund"),
    path("commitment/", commitment.page, name="commitment"),
    path("commitment/<int:key>/withdraw/", commitment.withdraw, name="commitment_withdraw"),
    path("commitment/<int:key>/pdf/", commitment.pdf, name="commitment_pdf"),
]
