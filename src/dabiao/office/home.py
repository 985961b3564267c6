"""待办: the home of every role."""

from django.http import HttpResponse
from django.shortcuts import render

from dabiao.look.addresses import SIGNED_IN, Request, address


@address("本人的待办", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    return render(request, "office/home.html", {})
