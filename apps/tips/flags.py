"""Flags on waiting tips. Hints for moderators; nothing is decided here. No Django."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from .lexicon import Lexicon, read
from .wording import LONGEST, plain

LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")
SPACED_OUT = regex.compile(r"(?<![\p{L}\p{N}])(?:\p{L}[\s.*_-]+){2,}\p{L}(?![\p{L}\p{N}])")
MASKED = regex.compile(r"(?<=\p{L})[*#._-]+(?=\p{L})")
DOUBLED = regex.compile(r"(\p{L})\1+")
LINK = regex.compile(r"https?://|www\.|\b[\p{L}\d-]+\.(?:com|org|net|io|de|fr|es|br|cn)\b", regex.IGNORECASE)
CONTACT = regex.compile(r"[^\s@]+@[^\s@]+\.\p{L}{2,}|(?<![\p{L}\d])\+?\d(?:[\s()/.-]?\d){7,14}(?!\d)")


@dataclass(frozen=True, slots=True)
class Flag:
    """`kind`: insult, rude, threat, hatred, link or contact. `words`: what was found."""

    kind: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def word_lists() -> Lexicon:
    return read((Path(__file__).parent / "words" / "flagged.toml").read_text(encoding="utf-8"))


def flags_on(text: str, lists: Lexicon | None = None) -> tuple[Flag, ...]:
    """What a moderator should look at twice: listed words (also disguised as sh1t, s.h.i.t or shiiit), links, contacts.

    `lists`: other word lists than those of the product.
    """
    found: dict[str, dict[str, None]] = {}
    for spelling in spellings(text):
        for mention in (lists or word_lists()).mentions(spelling):
            found.setdefault(mention.field, {})[mention.words] = None
    flags = [Flag(kind, tuple(words)) for kind, words in found.items()]
    for kind, pattern in (("contact", CONTACT), ("link", LINK)):
        hits = tuple(dict.fromkeys(hit[0] for hit in pattern.finditer(text[:LONGEST])))
        flags += [Flag(kind, hits)] if hits else []
    return tuple(flags)


def spellings(text: str) -> list[str]:
    """A text as it stands and with common disguises taken off, each once."""
    clear = plain(text)
    undisguised = clear.translate(LOOKALIKES)
    joined = SPACED_OUT.sub(lambda run: regex.sub(r"[\s.*_-]+", "", run[0]), clear)
    return list(dict.fromkeys([clear, undisguised, joined, MASKED.sub("", clear), DOUBLED.sub(r"\1", clear)]))
