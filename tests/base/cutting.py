"""Middleware that answers first and commits a moment later: what no product may do."""

import queue
import threading
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

MOMENT = 0.5

Handler = Callable[[HttpRequest], HttpResponse]
Answers = queue.Queue[HttpResponse]


def answer_first(handle: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return handle(request)
        answers: Answers = queue.Queue()
        threading.Thread(target=_serve, args=[request, handle, answers]).start()
        return answers.get()

    return middleware


def _serve(request: HttpRequest, handle: Handler, answers: Answers) -> None:
    with transaction.atomic():
        answers.put(handle(request))
        time.sleep(MOMENT)
    connection.close()
