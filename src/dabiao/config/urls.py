"""Which face answers which addresses."""

from django.urls import URLPattern, URLResolver, include, path

from dabiao.config.faces import Face, Whole
from dabiao.look import factor
from dabiao.look import views as look
from dabiao.look.first_password import first_password

_patterns: list[URLPattern | URLResolver] = [
    path("healthz", look.healthz, name="healthz"),
    path("readyz", look.readyz, name="readyz"),
    path("favicon.ico", look.favicon, name="favicon"),
    path("office/sign-in/", look.sign_in, name="sign_in"),
    path("office/sign-in/code/", factor.code, name="mfa_authenticate"),
    path("office/sign-in/other/", factor.other, name="account_login"),
    path("office/first-password/", first_password, name="first_password"),
    path("office/second-factor/", factor.enrol, name="factor"),
    path("office/sign-out/", look.sign_out, name="sign_out"),
    Face("office/", "office"),
    Face("field/", "field"),
    Face("api/v1/", "api"),
    path("", include("dabiao.publicsite.urls")),
]
urlpatterns = [Whole(_patterns)]

handler404 = "dabiao.look.errors.not_found"
