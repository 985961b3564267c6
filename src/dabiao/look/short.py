"""Words cut to a length: a cut is shown, never silent."""


def short(text: str, most: int) -> str:
    """At most so many characters; what was cut is told by an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
