"""How alike the tips of one board are. No Django.

Four views of each tip: words, neighbouring words, letter runs, and concepts of the lexicon. Each is a unit vector
weighted by log-tf and the root of the board's idf (the root: a word that half a theme shares must not drown in rare
ones; ours, measured in tests/bench/theming_bench.py). The concept view counts by the share of words it explains, so
that a lexicon about something else than this board does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .features import Features

WORDS, PAIRS, GRAMS, CONCEPTS = 0.4, 0.1, 0.5, 3.0
# A field counts so many times as often as one of its concepts: "patience" and "trust" are both about kindness.
FIELD = 1.5
# More columns than this are folded together; keeps 2,000 tips within a second.
MOST_COLUMNS = 4096


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two symmetric n × n float32 matrices with 0 on the diagonal: `overall`, and by `spelling` (letter runs) alone."""

    overall: np.ndarray
    spelling: np.ndarray


def likeness(board: Sequence[Features]) -> Likeness:
    """How alike all pairs of a board are, 0 for nothing in common; spelling up to 1, overall up to 3."""
    explained = np.array([features.explained for features in board], np.float32)
    meaning = np.hstack(
        [
            view([features.words for features in board]) * np.float32(WORDS**0.5),
            view([features.pairs for features in board]) * np.float32(PAIRS**0.5),
            view(concepts(board), power=1.0) * (np.float32(CONCEPTS**0.5) * explained)[:, None],
        ]
    )
    grams = view([features.grams for features in board])
    spelling = product(grams)
    return Likeness(product(meaning) + np.float32(GRAMS) * spelling, spelling)


def product(views: np.ndarray) -> np.ndarray:
    alike: np.ndarray = views @ views.T
    np.fill_diagonal(alike, 0)
    # The last bits depend on how the product was blocked.
    return np.round(alike, 5, out=alike)


def concepts(board: Sequence[Features]) -> list[tuple[np.ndarray, np.ndarray]]:
    named = [
        {name: weight for mention in tip.mentions for name, weight in ((mention.concept, 1.0), (mention.field, FIELD))}
        for tip in board
    ]
    number = {name: place for place, name in enumerate(sorted({name for names in named for name in names}))}
    return [
        (np.array([number[name] for name in names], np.int64), np.array([*names.values()], np.float32))
        for names in named
    ]


def view(tips: Sequence[tuple[np.ndarray, np.ndarray]], power: float = 0.5) -> np.ndarray:
    """Unit rows, one a tip; columns that a single tip has weigh in the length and are then left out."""
    size = len(tips)
    rows = np.repeat(np.arange(size), [len(ids) for ids, _ in tips])
    if not len(rows):
        return np.zeros((size, 0), np.float32)
    ids, columns = np.unique(np.concatenate([ids for ids, _ in tips]), return_inverse=True)
    seen_in = np.bincount(columns, minlength=len(ids))
    rarity = np.log((size + 1) / seen_in) ** power
    weights = (1 + np.log(np.concatenate([counts for _, counts in tips]))) * rarity[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=size))
    weights = weights / np.maximum(lengths, 1e-9)[rows]
    shared = seen_in[columns] > 1
    narrow = np.cumsum(seen_in > 1) - 1
    width = min(int((seen_in > 1).sum()), MOST_COLUMNS)
    if not width:
        return np.zeros((size, 0), np.float32)
    places = rows[shared] * width + narrow[columns[shared]] % width
    return np.bincount(places, weights[shared], minlength=size * width).reshape(size, width).astype(np.float32)
