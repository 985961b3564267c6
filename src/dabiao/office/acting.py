"""From a posted form to one act, and back to the person with words either way."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from dabiao.base.files import store
from dabiao.kernel.errors import Conflict, Invalid, OutOfTurn, Refused
from dabiao.look.addresses import Request


class Sent(Protocol):
    """An uploaded file, as much of it as we need."""

    def chunks(self) -> Iterator[bytes]: ...


def posted(request: Request) -> QueryDict | None:
    """What was sent, also where it is empty: a form is bound whenever somebody sent it."""
    return request.POST if request.method == "POST" else None


def tried(form: Form, act: Callable[[], Any]) -> bool:
    """Perform the act if the form is right; what the act refuses is said beside the fields."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        _say(form, error)
        return False
    except (Conflict, OutOfTurn, Refused) as error:
        form.add_error(None, error.text)
        return False
    return True


def _say(form: Form, error: Invalid) -> None:
    beside = {name: text for name, text in error.fields.items() if name in form.fields}
    for name, text in beside.items():
        form.add_error(name, text)
    if not beside:
        form.add_error(None, error.text)


def done(request: Request, words: str, to: str, *args: Any, draft: str = "") -> HttpResponse:
    """Say that it is done, and go on. `draft`: the form's data-draft, whose kept words are needed no more."""
    messages.success(request, words)
    if draft:
        request.session["draft_done"] = draft
    return redirect(to, *args)


def take_in(files: Iterable[Sent]) -> list[store.Taken]:
    """Uploaded files into the store, by content."""
    return [store.take_in(file.chunks()) for file in files]


def take_one(file: Sent | None) -> store.Taken | None:
    """One uploaded file where there is one."""
    return store.take_in(file.chunks()) if file else None
