"""Pictures come in pieces, count when the bytes stored have their digest, are swept when unnamed."""

import hashlib
import os
from datetime import timedelta

import pytest

from dabiao.base.files import store
from dabiao.field.models import Upload
from dabiao.field.services import uploads
from field.conftest import NOW
from sheets import photographs

KB = 1024
LATE = NOW + timedelta(days=31)


@pytest.fixture
def pad(held, device):
    return device("reviewer")


def said(answered):
    told = answered.json()
    return answered.status_code, told.get("have"), told.get("complete")


def test_a_picture_in_pieces_is_whole_when_its_bytes_are_on_disk(pad):
    content = photographs.jpeg((900, 700))
    name = hashlib.sha256(content).hexdigest()
    assert said(pad.get(f"pictures/{name}")) == (200, 0, False)
    assert said(pad.piece(name, content, 0, 10 * KB)) == (200, 10 * KB, False)
    assert said(pad.get(f"pictures/{name}")) == (200, 10 * KB, False)
    assert said(pad.piece(name, content, 0, 10 * KB)) == (200, 10 * KB, False)  # sent again
    assert said(pad.piece(name, content, 30 * KB, KB))[:2] == (409, 10 * KB)  # not where it stands
    assert said(pad.piece(name, content, 10 * KB, len(content))) == (200, len(content), True)
    assert store.place(name).read_bytes() == content
    assert not uploads.place(Upload.objects.get()).exists()
    assert said(pad.piece(name, content, 0, 10 * KB)) == (200, len(content), True)


def test_bytes_with_another_digest_are_thrown_away(pad):
    content = photographs.jpeg()
    wrong = "0" * 64
    assert said(pad.piece(wrong, content, 0, len(content))) == (200, 0, False)
    assert not store.place(wrong).exists()


def test_what_is_no_picture_is_said_to_be_none_and_an_act_that_names_it_is_refused(pad, held):
    content = photographs.program()
    name = hashlib.sha256(content).hexdigest()
    assert pad.piece(name, content, 0, len(content)).status_code == 422
    assert pad.get(f"pictures/{name}").status_code == 422
    (told,) = pad.outcomes(pad.attach(f"review-{held.key}", "1.1.1", name))
    assert (told["outcome"], "不支持这种文件" in told["text"]) == ("refused", True)


@pytest.mark.parametrize(
    ("span", "length", "status"),
    [
        ("bytes 0-9/10", 9, 422),
        ("bytes 9-0/10", 9, 422),
        ("", 10, 422),
        ("bytes 5-14/10", 10, 422),
        (f"bytes 0-9/{300 * KB * KB}", 10, 413),
        (f"bytes 0-{KB * KB}/{2 * KB * KB}", KB * KB + 1, 413),
    ],
)
def test_pieces_that_cannot_be_are_refused(pad, span, length, status):
    headers = {"Content-Range": span} if span else {}
    kind, path = "application/octet-stream", f"/field/pictures/{'1' * 64}"
    answered = pad.client.put(path, b"x" * length, kind, headers=headers)
    assert (answered.status_code, answered["X-Dabiao-Field"]) == (status, "1")


def test_a_name_that_is_no_digest_does_not_exist(pad):
    assert pad.get("pictures/..%2f..%2fetc").status_code == 404
    assert pad.get(f"pictures/{'A' * 64}").status_code == 404


def test_what_nobody_named_for_thirty_days_is_swept_and_what_is_named_stays(pad, held):
    named, left, part = (photographs.jpeg((200, 100 + n)) for n in range(3))
    names = [pad.send(each) for each in (named, left)]
    half = hashlib.sha256(part).hexdigest()
    pad.piece(half, part, 0, KB)
    pad.outcomes(pad.attach(f"review-{held.key}", "1.1.1", names[0]))
    old = (NOW - timedelta(days=1)).timestamp()
    for each in names:
        os.utime(store.place(each), (old, old))
    assert uploads.sweep(NOW + timedelta(days=29)) == 0
    assert uploads.place(Upload(account_id=pad.account.pk, digest=half)).exists()
    assert uploads.sweep(LATE) == 3
    assert (store.place(names[0]).exists(), store.place(names[1]).exists()) == (True, False)
    assert not uploads.place(Upload(account_id=pad.account.pk, digest=half)).exists()
    assert pad.post("known", {"ids": [], "pictures": names}).json()["pictures"] == names[1:]


def test_bytes_somebody_sent_again_meanwhile_stay(pad):
    content = photographs.jpeg()
    name = pad.send(content)
    os.utime(store.place(name), (LATE.timestamp(), LATE.timestamp()))
    assert uploads.sweep(LATE) == 1
    assert store.place(name).exists()


def test_a_restored_server_without_the_bytes_asks_for_them_again(pad, held):
    content = photographs.jpeg()
    name = pad.send(content)
    store.place(name).unlink()
    act = pad.attach(f"review-{held.key}", "1.1.1", name)
    assert pad.outcomes(act)[0]["needs"] == [name]
    assert pad.post("known", {"ids": [], "pictures": [name]}).json()["pictures"] == [name]
    pad.send(content)
    assert pad.outcomes(act)[0]["outcome"] == "stored"


def test_killed_before_it_is_whole_the_last_piece_is_asked_for_again_and_nothing_stays_when_it_never_comes(
    pad, monkeypatch
):
    content = photographs.jpeg()
    name = hashlib.sha256(content).hexdigest()
    pad.piece(name, content, 0, 10 * KB)
    with monkeypatch.context() as killed:
        killed.setattr(uploads, "_settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            pad.piece(name, content, 10 * KB, len(content))
    assert store.place(name).exists()
    assert said(pad.get(f"pictures/{name}")) == (200, 10 * KB, False)
    old = (NOW - timedelta(days=1)).timestamp()
    os.utime(store.place(name), (old, old))
    left = store.root() / "incoming" / "left"
    left.write_bytes(b"x")
    os.utime(left, (old, old))
    assert uploads.sweep(LATE) == 1
    assert (store.place(name).exists(), left.exists()) == (False, False)


def test_pieces_whose_row_was_undone_are_swept_too(pad):
    """Written, and what came after failed: no row names them, and whoever sent them never came back."""
    pad.piece("0" * 64, photographs.jpeg(), 0, 10 * KB)
    begun = uploads.place(Upload.objects.get())
    left, fresh = (begun.with_name(f"{pad.account.pk}-{sign * 64}") for sign in "12")
    for each in (left, fresh):
        each.write_bytes(b"x")
    os.utime(begun, (0, 0))
    os.utime(left, (0, 0))
    os.utime(fresh, (LATE.timestamp(), LATE.timestamp()))
    assert uploads.sweep(NOW) == 0
    assert (begun.exists(), left.exists(), fresh.exists()) == (True, False, True)


def _killed(*_, **__):
    raise KeyboardInterrupt
