"""What is remembered of each tip so that a board can be compared quickly. No Django."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from zlib import crc32

import numpy as np

from .lexicon import Lexicon, Mention, standard
from .wording import Word, folded, pairs_of, plain, reading, stop_words, unspaced

LONGEST_PHRASE_WORDS = 4
LONGEST_PHRASE_HAN = 6
GRAM_SIZES = (3, 4, 5)
# A few events' worth of tips; at about 10 kB each the cache stays under 100 MB.
MOST_CACHED = 10_000

Ids = np.ndarray


@dataclass(frozen=True, slots=True)
class Features:
    """One text taken apart.

    `plain` is the text made plain, `stems` its meaningful words (Chinese as character pairs) with each as `written`.
    `words`, `pairs`, `grams` are (id, count) arrays of words, neighbours and letter runs; `phrases` maps a phrase's key
    to how it was written. `explained` is the share of words, 0 to 1, that the lexicon knows; `units` are the words once
    each (Chinese by the character), or the `field.concept` they stand for, with how they were written; `negated` says
    whether there is a "not" in it.
    """

    plain: str
    language: str
    stems: tuple[str, ...]
    written: tuple[str, ...]
    words: tuple[Ids, Ids]
    pairs: tuple[Ids, Ids]
    grams: tuple[Ids, Ids]
    phrases: dict[str, str]
    mentions: tuple[Mention, ...]
    explained: float
    units: dict[str, str]
    negated: bool


class FeatureCache:
    """Features by text, prompt and lexicon. Held by the caller, safe between threads, the oldest leave first."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or standard()
        self.known: dict[tuple[str, str], Features] = {}
        self.lock = Lock()

    def of(self, text: str, prompt: str = "") -> Features:
        """The features of a text under a prompt whose own words do not count."""
        key = (prompt, text)
        features = self.known.get(key)
        if features is None:
            features = extract(text, prompt_stems(prompt), self.lexicon)
            with self.lock:
                self.known[key] = features
                while len(self.known) > MOST_CACHED:
                    del self.known[next(iter(self.known))]
        return features

    def __len__(self) -> int:
        return len(self.known)


def prompt_stems(prompt: str) -> frozenset[str]:
    return frozenset(stem for word in reading(prompt).words for stem, _ in meanings(word))


def extract(text: str, common: frozenset[str], lexicon: Lexicon) -> Features:
    """Features of a text; stems in `common` are dropped, and concepts that only they speak of."""
    read = reading(text)
    words = read.words
    meant = [(stem, written) for word in words for stem, written in meanings(word) if stem and stem not in common]
    stems = [stem for stem, _ in meant]
    in_prompt = {word.written for word in words if word.stem in common} | common
    mentions = tuple(one for one in lexicon.mentions(text) if not in_prompt.issuperset(one.words.split()))
    return Features(
        plain=plain(text),
        language=read.language,
        stems=tuple(stems),
        written=tuple(written for _, written in meant),
        words=counted(stems),
        pairs=counted([f"{first} {second}" for first, second in pairwise(stems)]),
        grams=counted(gram for _, written in meant for gram in grams(written)),
        phrases=phrases(words, common),
        mentions=mentions,
        explained=explained(words, mentions),
        units=units(words, common, mentions),
        negated=negated(words),
    )


def meanings(word: Word) -> list[tuple[str, str]]:
    """(stem, as written) of a word; of a Chinese run, of each pair of characters."""
    return [(pair, pair) for pair in pairs_of(word.stem)] if unspaced(word.written) else [(word.stem, word.written)]


def explained(words: Sequence[Word], mentions: Sequence[Mention]) -> float:
    """The share of the meaningful words that belong to a concept; a Chinese character counts as half a word."""
    said = {part for mention in mentions for part in mention.words.split()}
    known = whole = 0.0
    for word in words:
        if unspaced(word.written):
            whole += sum(letter not in stop_words()["zh"] for letter in word.written) / 2
            known += sum(any(letter in part for part in said) for letter in word.written) / 2
        elif word.stem or word.written in said:
            whole += 1
            known += word.written in said
    return min(1.0, known / whole) if whole else 0.0


def negated(words: Sequence[Word]) -> bool:
    nots = stop_words()["not"]
    return any(nots & (set(word.written) if unspaced(word.written) else {folded(word.written)}) for word in words)


def units(words: Sequence[Word], common: frozenset[str], mentions: Sequence[Mention]) -> dict[str, str]:
    concept = {folded(mention.words): mention.concept for mention in mentions}
    found: dict[str, str] = {}
    for word in words:
        if unspaced(word.written):
            found |= {letter: letter for letter in word.written if letter not in stop_words()["zh"]}
        elif word.stem and word.stem not in common:
            found.setdefault(concept.get(folded(word.written), word.stem), folded(word.written))
    return found


def counted(parts: Iterator[str] | Sequence[str]) -> tuple[Ids, Ids]:
    counts = Counter(crc32(part.encode()) for part in parts)
    return np.fromiter(counts.keys(), np.int64, len(counts)), np.fromiter(counts.values(), np.float32, len(counts))


def grams(word: str) -> Iterator[str]:
    padded = f" {folded(word)} "
    for size in GRAM_SIZES:
        for place in range(len(padded) - size + 1):
            yield padded[place : place + size]


def phrases(words: Sequence[Word], common: frozenset[str]) -> dict[str, str]:
    """Runs of one to four words with a meaningful word at both ends, and Chinese runs of two to six characters."""
    found: dict[str, str] = {}
    han_stops = stop_words()["zh"]
    for start, first in enumerate(words):
        if unspaced(first.written):
            run = first.written
            for begin in range(len(run)):
                for end in range(begin + 2, min(begin + LONGEST_PHRASE_HAN, len(run)) + 1):
                    if not han_stops & {run[begin], run[end - 1]}:
                        found.setdefault(run[begin:end], run[begin:end])
            continue
        for stop in range(start + 1, min(start + LONGEST_PHRASE_WORDS, len(words)) + 1):
            run_of = words[start:stop]
            if unspaced(run_of[-1].written):
                break
            if all(word.stem and word.stem not in common for word in (run_of[0], run_of[-1])):
                key = " ".join(word.stem or word.written for word in run_of)
                found.setdefault(key, " ".join(word.written for word in run_of))
    return found
