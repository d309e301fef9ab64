"""Three plain words open a move for ten minutes, once. Pure: no Django, no database.

512 words make 27 bits. With at most 360 tries at one event in those ten minutes (`core/limits.py`) and twenty people
who are moving at once, a stranger who does nothing but guess finds somebody's words in one of 18,000 such spans.
"""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

LASTS = timedelta(minutes=10)

# Plain things of three to eight letters, none the beginning of another and no two a letter apart.
WORDS = tuple((Path(__file__).parent / "words.txt").read_text().split())
HOW_MANY = 3


def words_of(digest: bytes) -> list[str]:
    """Three words out of random bytes, every triple as likely as any other; 4 bytes are enough."""
    number = int.from_bytes(digest, "big")
    words = []
    for _word in range(HOW_MANY):
        number, place = divmod(number, len(WORDS))
        words.append(WORDS[place])
    return words


def plain(typed: str | Sequence[str]) -> str:
    """What counts of typed words: their letters. Case, accents, spaces, hyphens and full stops do not."""
    letters = unicodedata.normalize("NFKD", typed if isinstance(typed, str) else "".join(typed)).casefold()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def ends_at(made_at: datetime) -> datetime:
    return made_at + LASTS
