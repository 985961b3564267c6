"""Where in the edition of today the item stands on which something was found in another edition."""

from collections.abc import Iterable

from dabiao.standards.rules.book import Book


def carried(keys: Iterable[str], then: Book, today: Book) -> dict[str, str]:
    """Key then -> key today, of the items whose requirement still reads the same; the others are left out.

    A key may mean something else in another edition: the words decide, the key only between equal ones.
    """
    was = {each.key: each.requirement for each in then.items}
    now = {each.key: each.requirement for each in today.items}
    by_words = {words: key for key, words in reversed(now.items())}
    found = {}
    for key in keys:
        words = was.get(key)
        if words is not None and words in by_words:
            found[key] = key if now.get(key) == words else by_words[words]
    return found
