"""Draws anybody can repeat: the list is frozen and its digest told first, the seed comes from parties after.

`RECIPE` is what is published beside every draw; a few lines of any language follow it:

    listed = sha256("\\n".join(sorted(keys)))
    seed = sha256("\\n".join([listed, *sorted(f"{party}={word}" for party, word in words.items())]))
    order = sorted(keys, key=lambda key: sha256(f"{seed}\\n{key}"))

The first so many of the order are drawn; where one of them cannot come, the next moves up.
"""

from dabiao.draw.drawing import RECIPE, Drawn, Frozen, differences, draw, freeze, read

__all__ = ["RECIPE", "Drawn", "Frozen", "differences", "draw", "freeze", "read"]
