"""A name, a quote and the shared words of a group of tips. No Django."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from .features import Features
from .wording import LONGEST, folded, plain, tokens, unspaced

LONGEST_NAME = 40
LONGEST_QUOTE = 140
MOST_REASONS = 3
# A name that speaks for fewer than this share of a group gets a second part.
SPEAKS_FOR_ALL = 0.6


Key = str
Naming = Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that two tips of a group or more share: how they were written most often, and the numbers of those tips."""

    key: Key
    written: tuple[str, ...]
    tips: frozenset[int]
    score: float


def names_in(features: Features) -> Naming:
    """Everything a tip could lend to a name: phrases, and under `=concept` the words that spoke of it."""
    return features.phrases | {f"={mention.concept}": mention.words for mention in features.mentions}


def counted(board: Iterable[Naming]) -> Counter[Key]:
    """In how many tips of the board each phrase and each concept occurs."""
    return Counter(key for names in board for key in names)


def candidates(
    group: Sequence[Naming], languages: Sequence[str], quoted: int, on_board: Counter[Key]
) -> list[Candidate]:
    """What tips of a group share, best first: share of the group × (share that lies in this group) ** 0.75.

    Longer phrases are a little better. Of several ways to write the same, those in the quoted language go first.
    """
    holders: dict[Key, list[int]] = {}
    for number, names in enumerate(group):
        for key in names:
            holders.setdefault(key, []).append(number)
    found = []
    for key, numbers in holders.items():
        if len(numbers) < 2:
            continue
        ways = Counter(group[number][key] for number in numbers)
        native = {group[number][key] for number in numbers if languages[number] == languages[quoted]}
        central = group[quoted].get(key)
        rank = {words: (words not in native, -ways[words], words != central, len(words), words) for words in ways}
        written = tuple(sorted(ways, key=lambda words: rank[words]))
        longer = 1 + 0.2 * min(written[0].count(" "), 2)
        score = len(numbers) / len(group) * (len(numbers) / on_board[key]) ** 0.75 * longer
        found.append(Candidate(key, written, frozenset(numbers), score))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.key))


def name_of(size: int, shared: Sequence[Candidate], texts: Sequence[str], taken: Collection[str]) -> str:
    """A name of at most 40 characters that is not in `taken` (lower case); empty when the tips share no words."""
    for first in shared:
        name = as_typed(first.written[0], texts)
        if len(first.tips) < SPEAKS_FOR_ALL * size:
            second = next((other for other in shared if adds(other, first, size)), None)
            both = f"{name}, {as_typed(second.written[0], texts)}" if second else name
            name = both if len(both) <= LONGEST_NAME else name
        if name.casefold() not in taken and len(name) <= LONGEST_NAME:
            return name[:1].upper() + name[1:]
    return ""


def is_said(name: str, texts: Iterable[str]) -> bool:
    """Whether every part of a name (two phrases have a comma between them) stands in one of the texts at least.

    Whole words count, but for Chinese and Japanese, and for a quote that was cut short.
    """
    read = [spoken(text) for text in texts]
    parts = [spoken(part) for part in name.rstrip("…").split(",")]
    whole = [regex.compile(standing(part, is_cut=name.endswith("…") and part == parts[-1])) for part in parts if part]
    return all(any(part.search(text) for text in read) for part in whole)


def standing(words: str, *, is_cut: bool) -> str:
    before = "" if unspaced(words[0]) else r"(?<!\S)"
    after = "" if is_cut or unspaced(words[-1]) else r"(?!\S)"
    return f"{before}{regex.escape(words)}{after}"


def spoken(text: str) -> str:
    return folded(" ".join(tokens(plain(text))))


def adds(other: Candidate, first: Candidate, size: int) -> bool:
    new = len(other.tips - first.tips)
    return new >= max(2, size / 4) and not set(other.written[0].split()) & set(first.written[0].split())


def as_typed(lowered: str, texts: Sequence[str]) -> str:
    """A phrase with the capitals that people gave it most often."""
    pattern = regex.compile(rf"(?<!\p{{L}}){regex.escape(lowered)}(?!\p{{L}})", regex.IGNORECASE)
    read = [unicodedata.normalize("NFKC", text[:LONGEST]) for text in texts]
    typed = Counter(found[0] for text in read for found in pattern.finditer(text))
    shouted = [word for word in typed if not (word.isupper() and len(word) > 5)]
    return min(shouted, key=lambda word: (-typed[word], word)) if shouted else lowered


def quote_of(alike: np.ndarray, texts: Sequence[str], languages: Sequence[str]) -> int:
    """The number of the tip to quote: nearest to the others, in the group's commonest language, brief if possible.

    `alike` is the m × m matrix of a group of m tips.
    """
    spoken = Counter(languages)
    nearness = alike.mean(axis=1)

    def fitness(number: int) -> tuple[bool, int, float, int, int]:
        brief = len(texts[number]) <= LONGEST_QUOTE
        return brief, spoken[languages[number]], round(float(nearness[number]), 4), -len(texts[number]), -number

    return max(range(len(texts)), key=fitness)


def shared_words(shared: Sequence[Candidate]) -> tuple[str, ...]:
    """Up to three reasons why these tips were put together, such as "docs" or "docs ≈ readme"."""
    found: list[str] = []
    told: set[str] = set()
    for candidate in shared:
        ways = candidate.written[:2] if candidate.key.startswith("=") else candidate.written[:1]
        parts = {part for words in ways for part in words.split()}
        if not parts & told and len(found) < MOST_REASONS:
            told |= parts
            found.append(" ≈ ".join(ways))
    return tuple(found)
