"""Addresses of service contracts and reviews."""

from django.urls import path

from dabiao.office.reviews import contracts, handovers, views, visiting

urlpatterns = [
    path("", views.listing, name="reviews"),
    path("export.xlsx", views.export, name="reviews_export"),
    path("contracts/", contracts.listing, name="contracts"),
    path("contracts/export.xlsx", contracts.export, name="contracts_export"),
    path("contracts/new/", contracts.new, name="contract_new"),
    path("contracts/<int:key>/", contracts.page, name="contract"),
    path("contracts/<int:key>/file/", contracts.file, name="contract_file"),
    path("contracts/<int:key>/confirm/", contracts.confirm, name="contract_confirm"),
    path("contracts/<int:key>/judge/", contracts.judge, name="contract_judge"),
    path("contracts/<int:key>/namesakes/", contracts.tell_apart, name="contract_namesake"),
    path("handovers/", handovers.listing, name="handovers"),
    path("handovers/<int:key>/", handovers.page, name="handover"),
    path("<int:key>/", views.page, name="review"),
    path("<int:key>/notify/", views.notify, name="review_notify"),
    path("<int:key>/acknowledge/", views.acknowledge, name="review_acknowledge"),
    path("<int:key>/end/", views.end, name="review_end"),
    path("<int:key>/visit/", visiting.begin, name="review_visit"),
    path("<int:key>/visit/close/", visiting.close, name="review_visit_close"),
    path("<int:key>/hazards/<int:hazard>/", visiting.confirm, name="review_hazard"),
    path("<int:key>/hazards/<int:hazard>/<int:file>/", visiting.evidence, name="review_evidence"),
]
