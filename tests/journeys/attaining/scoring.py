"""A sheet on the spot: a few items by hand and by keys, the rest through the addresses of the page."""

from typing import Any

from journeys.attaining.hand import Hand
from journeys.sheets import Sheet, photograph

FINE = {"verdict": "conforms", "words": "现场查看，符合要求。"}


def deducted(rule: str, words: str) -> dict[str, Any]:
    return {"verdict": "deducted", "deductions": [{"rule": rule, "count": 1}], "words": words}


def by_hand(hand: Hand, address: str) -> Sheet:
    hand.goto(address)
    return Sheet(hand.person)


def the_rest(sheet: Sheet, answers: dict[str, dict[str, Any]] | None = None) -> None:
    """Every item not answered yet, with words and a picture; those named as they say."""
    address = sheet.page.url.split("#")[0].split("?")[0]
    for line in [each for each in sheet.lines() if sheet.row(each).locator(".item-unanswered").count()]:
        _send(sheet, f"{address}lines/{line}/answer/", data={**(answers or {}).get(line, FINE), "version": 0})
        _send(sheet, f"{address}lines/{line}/pictures/", multipart={"file": _picture(line)})
    sheet.page.reload()


def _send(sheet: Sheet, url: str, **what: Any) -> None:
    token = sheet.page.locator("meta[name='csrf-token']").get_attribute("content") or ""
    answer = sheet.page.request.post(url, headers={"X-CSRFToken": token, "Referer": url}, **what)
    assert answer.ok, f"{answer.status} {url}: {answer.text()[:300]}"


def _picture(line: str) -> dict[str, Any]:
    made = photograph(f"{line}.jpg", "slategray")
    return {"name": made["name"], "mimeType": made["mimeType"], "buffer": made["buffer"]}
