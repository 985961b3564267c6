"""Addresses of sheets, below /office/sheets/."""

from django.urls import path

from dabiao.office.sheets import page, panels, pictures, printing, pulse, saving, team

urlpatterns = [
    path("<int:sheet>/lines/<str:line>/answer/", saving.record, name="sheet_answer"),  # asked most, so first
    path("<int:sheet>/", page.page, name="sheet"),
    path("<int:sheet>/pulse/", pulse.pulse, name="sheet_pulse"),
    path("<int:sheet>/missing/", panels.missing, name="sheet_missing"),
    path("<int:sheet>/score/", panels.explained, name="sheet_score"),
    path("<int:sheet>/team/", team.page, name="sheet_team"),
    path("<int:sheet>/team/assign/", team.assign, name="sheet_assign"),
    path("<int:sheet>/confirm/", saving.confirm, name="sheet_confirm"),
    path("<int:sheet>/lines/<str:line>/", panels.one_item, name="sheet_line"),
    path("<int:sheet>/lines/<str:line>/history/", panels.line_history, name="sheet_line_history"),
    path("<int:sheet>/lines/<str:line>/retract/", saving.retract, name="sheet_retract"),
    path("<int:sheet>/lines/<str:line>/pictures/", pictures.attach, name="sheet_attach"),
    path("<int:sheet>/pictures/restore/", pictures.restore, name="sheet_picture_restore"),
    path("<int:sheet>/pictures/<int:picture>/caption/", pictures.caption, name="sheet_picture_caption"),
    path("<int:sheet>/pictures/<int:picture>/remove/", pictures.detach, name="sheet_picture_remove"),
    path("<int:sheet>/pictures/<int:picture>/original/", pictures.original, name="sheet_picture_original"),
    path("<int:sheet>/pictures/<int:picture>/<int:width>.jpg", pictures.copy, name="sheet_picture"),
    path("<int:sheet>/sheet.pdf", printing.pdf, name="sheet_pdf"),
    path("<int:sheet>/sheet.docx", printing.word, name="sheet_word"),
]
