"""Public pages."""

from django.http import HttpResponse
from django.shortcuts import render

from dabiao.look.addresses import EVERYBODY, Request, address


@address("公众网站首页", EVERYBODY)
def home(request: Request) -> HttpResponse:
    return render(request, "publicsite/home.html", {})
