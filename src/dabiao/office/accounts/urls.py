"""Addresses of accounts and postings, and of one's own password."""

from django.urls import path

from dabiao.office.accounts import devices, own, postings, resetting, views

urlpatterns = [
    path("", views.listing, name="accounts"),
    path("export.xlsx", views.export, name="accounts_export"),
    path("new/", views.new, name="account_new"),
    path("<int:key>/", views.page, name="account"),
    path("<int:key>/lock/", views.lock, name="account_lock"),
    path("<int:key>/unlock/", views.unlock, name="account_unlock"),
    path("<int:key>/reset-password/", resetting.password, name="account_reset_password"),
    path("<int:key>/reset-factor/", resetting.factor, name="account_reset_factor"),
    path("<int:key>/postings/", postings.give, name="posting_give"),
    path("<int:key>/postings/<int:posting>/end/", postings.end, name="posting_end"),
    path("devices/", devices.page, name="devices"),
    path("devices/sign-out/", devices.sign_out_others, name="devices_sign_out"),
    path("password/", own.password, name="password"),
]
