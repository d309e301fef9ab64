"""Every text that is typed at a rehearsal carries a mark of its own: by it the text is found again, wherever it is."""

import random
import re

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
# Public ids have neither u nor l: none of the thousands on a server has such a beginning in its midst.
BEGINNING = "zqul"
MARK = re.compile(BEGINNING + r"[a-km-np-z2-9]{8}")


def new_mark(chance: random.Random) -> str:
    """Twelve letters that stand in no other text; one of 2^40 for each seed."""
    return BEGINNING + "".join(chance.choices(ALPHABET, k=8))


def marks_in(text: str) -> frozenset[str]:
    return frozenset(MARK.findall(text))
