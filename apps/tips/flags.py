"""Flags on waiting tips, and the order of the queue. Hints for moderators; nothing is decided here. No Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
    """`kind`: insult, rude, threat, hatred, link, contact or similar. `words`: what was found; for similar, tip ids."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A waiting tip in the queue."""

    id: str
    sent_at: datetime
    flags: tuple[Flag, ...] = ()


@lru_cache(maxsize=1)
def word_lists() -> Lexicon:
    return read((Path(__file__).parent / "words" / "flagged.toml").read_text(encoding="utf-8"))


def flags_on(text: str, similar_to: Sequence[str] = (), lists: Lexicon | None = None) -> tuple[Flag, ...]:
    """What a moderator should look at twice: listed words (also disguised as sh1t, s.h.i.t or shiiit), links, contacts.

    `similar_to`: ids of near-duplicates that came before. `lists`: other word lists than those of the product.
    """
    found: dict[str, dict[str, None]] = {}
    for spelling in spellings(text):
        for mention in (lists or word_lists()).mentions(spelling):
            found.setdefault(mention.field, {})[mention.words] = None
    flags = [Flag(kind, tuple(words)) for kind, words in found.items()]
    for kind, pattern in (("contact", CONTACT), ("link", LINK)):
        hits = tuple(dict.fromkeys(hit[0] for hit in pattern.finditer(text[:LONGEST])))
        flags += [Flag(kind, hits)] if hits else []
    return (*flags, Flag("similar", tuple(similar_to))) if similar_to else tuple(flags)


def spellings(text: str) -> list[str]:
    """A text as it stands and with common disguises taken off, each once."""
    clear = plain(text)
    undisguised = clear.translate(LOOKALIKES)
    joined = SPACED_OUT.sub(lambda run: regex.sub(r"[\s.*_-]+", "", run[0]), clear)
    return list(dict.fromkeys([clear, undisguised, joined, MASKED.sub("", clear), DOUBLED.sub(r"\1", clear)]))


def in_order(queue: Sequence[Card]) -> list[Card]:
    """Oldest first; a near-duplicate right behind the first waiting tip it resembles; listed words after all others.

    So a moderator can wave the plain ones through and then take a careful look at the rest. Nothing is left out.
    """
    by_age = sorted(queue, key=lambda card: (card.sent_at, card.id))
    place: Mapping[str, int] = {card.id: number for number, card in enumerate(by_age)}

    def key(card: Card) -> tuple[bool, int, int]:
        kin = [place[other] for flag in card.flags if flag.kind == "similar" for other in flag.words if other in place]
        return listed(card), min([place[card.id], *kin]), place[card.id]

    return sorted(by_age, key=key)


def listed(card: Card) -> bool:
    return any(flag.kind not in {"similar", "link", "contact"} for flag in card.flags)


def plain_ones(queue: Sequence[Card]) -> list[Card]:
    """The cards without any flag: those that may be offered for approval in bulk."""
    return [card for card in in_order(queue) if not card.flags]
