"""Concepts across languages: which ideas a tip touches, by an editable list of terms. No Django."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .wording import folded, plain, tokens, unspaced

LONGEST_HAN_TERM = 6

# (words of the term, concept, field) by the first word, or by its beginning.
Shelf = Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]


@dataclass(frozen=True)
class Mention:
    """A concept found in a text, its field, and the words that said so."""

    concept: str
    field: str
    words: str


@dataclass(frozen=True)
class Lexicon:
    """Terms by their first word (or as Chinese text), ready to be looked up. Build it with `read` or `standard`."""

    fingerprint: str
    exact: Shelf = field(repr=False)
    prefixes: Shelf = field(repr=False)

    def mentions(self, text: str) -> list[Mention]:
        """Every concept of a text, once each, in the order of the text."""
        words = [(folded(word), word) for word in tokens(plain(text))]
        found: dict[str, Mention] = {}
        for place, (key, word) in enumerate(words):
            hits = self.within(word) if unspaced(word) else self.starting_at([key for key, _ in words[place:]])
            for extent, concept, area in hits:
                said = [word for _, word in words[place : place + extent]] if isinstance(extent, int) else [extent]
                found.setdefault(concept, Mention(concept, area, " ".join(said)))
        return list(found.values())

    def starting_at(self, words: Sequence[str]) -> Iterator[tuple[int | str, str, str]]:
        first = words[0]
        candidates = [*self.exact.get(first, ())]
        for length in range(2, len(first) + 1):
            candidates += self.prefixes.get(first[:length], ())
        for term, concept, area in candidates:
            if len(term) <= len(words) and all(map(same, term[1:], words[1:])):
                yield len(term), concept, area

    def within(self, run: str) -> Iterator[tuple[int | str, str, str]]:
        for start in range(len(run)):
            for end in range(start + 1, min(start + LONGEST_HAN_TERM, len(run)) + 1):
                for _term, concept, area in self.exact.get(run[start:end], ()):
                    yield run[start:end], concept, area


def same(term: str, word: str) -> bool:
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


def read(toml: str) -> Lexicon:
    """A lexicon from TOML text: `[field]` tables of `concept = ["term", "prefix*", "two words", "词"]`.

    Raises ValueError when the text is no TOML or a concept is no list of terms.
    """
    exact: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    prefixes: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for area, concepts in tomllib.loads(toml).items():
        if not isinstance(concepts, dict):
            raise ValueError(f"[{area}] must be a table of concepts.")
        for concept, terms in concepts.items():
            if not isinstance(terms, list) or not all(isinstance(term, str) and term.strip("* ") for term in terms):
                raise ValueError(f"{area}.{concept} must be a list of words.")
            for term in terms:
                parts = tuple(folded(part) for part in term.replace("’", "'").split())
                shelf, first = (prefixes, parts[0][:-1]) if parts[0].endswith("*") else (exact, parts[0])
                shelf.setdefault(first, []).append((parts, f"{area}.{concept}", area))
    return Lexicon(hashlib.sha256(toml.encode()).hexdigest()[:16], exact, prefixes)


@lru_cache(maxsize=16)
def standard(more: str = "") -> Lexicon:
    """The lexicon that comes with the product, with an event's own TOML text after it.

    The event may add concepts and terms; a table of the same name is extended. Raises ValueError as `read` does.
    """
    own = (Path(__file__).parent / "words" / "lexicon.toml").read_text(encoding="utf-8")
    if not more.strip():
        return read(own)
    base, extra = read(own), read(more)
    return Lexicon(
        hashlib.sha256((base.fingerprint + extra.fingerprint).encode()).hexdigest()[:16],
        joined(base.exact, extra.exact),
        joined(base.prefixes, extra.prefixes),
    )


def joined(one: Shelf, two: Shelf) -> Shelf:
    return {first: (*one.get(first, ()), *two.get(first, ())) for first in (*one, *two)}
