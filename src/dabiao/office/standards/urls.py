"""Addresses of standards."""

from django.urls import path

from dabiao.office.standards import checking, editions, importing, items, listing, makings, standard, vetoes

urlpatterns = [
    path("", listing.listing, name="standards"),
    path("export.xlsx", listing.export, name="standards_export"),
    path("import/", importing.page, name="standards_import"),
    path("items/", items.search, name="standard_items"),
    path("items/export.xlsx", items.export, name="standard_items_export"),
    path("vetoes/", vetoes.listing, name="vetoes"),
    path("vetoes/new/", vetoes.new, name="veto_new"),
    path("vetoes/<int:key>/change/", vetoes.change, name="veto_change"),
    path("vetoes/<int:key>/lift/", vetoes.lift, name="veto_lift"),
    path("makings/new/", makings.new, name="making_new"),
    path("makings/<int:key>/", makings.page, name="making"),
    path("makings/<int:key>/progress/", makings.progress, name="making_progress"),
    path("makings/<int:key>/finish/", makings.finish, name="making_finish"),
    path("makings/<int:key>/drop/", makings.drop, name="making_drop"),
    path("editions/<int:key>/", editions.page, name="edition"),
    path("editions/<int:key>/checklist.xlsx", editions.export, name="edition_checklist"),
    path("editions/<int:key>/withdraw/", editions.withdraw, name="edition_withdraw"),
    path("editions/<int:key>/items/<str:item>/", editions.item, name="edition_item"),
    path("editions/<int:key>/items/<str:item>/drop/", editions.drop, name="edition_item_drop"),
    path("editions/<int:key>/elements/<str:element>/", editions.element, name="edition_element"),
    path("editions/<int:key>/check/", checking.page, name="edition_check"),
    path("editions/<int:key>/phrases/<str:phrase>/", checking.phrase, name="edition_phrase"),
    path("editions/<int:key>/sums/<int:place>/", checking.settle_sum, name="edition_sum"),
    path("editions/<int:key>/scheme/", checking.scheme, name="edition_scheme"),
    path("editions/<int:key>/publish/", checking.publish, name="edition_publish"),
    path("editions/<int:key>/discard/", checking.discard, name="edition_discard"),
    path("<int:key>/", standard.page, name="standard"),
    path("<int:key>/amend/", standard.amend, name="standard_amend"),
    path("<int:key>/reaffirm/", standard.reaffirm, name="standard_reaffirm"),
    path("<int:key>/revise/", standard.revise, name="standard_revise"),
    path("<int:key>/retire/", standard.retire, name="standard_retire"),
    path("<int:key>/chase/", standard.chase, name="standard_chase"),
    path("<int:key>/uses/", standard.use, name="standard_use"),
    path("<int:key>/uses/<int:use>/end/", standard.end_use, name="standard_use_end"),
]
