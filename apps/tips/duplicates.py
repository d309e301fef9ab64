"""Tips that say the same thing in nearly the same words. Flags for people, never a decision. No Django.

Dice index of the meaningful words, ours, measured in tests/bench/theming_bench.py beside a plain token-sort ratio:
words of one concept, misspellings and split words count as equal; words that half the board uses count little.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import log

import numpy as np
from rapidfuzz.fuzz import ratio

from .features import Features
from .wording import tokens

# From this likeness on two tips are flagged, or from the lower one when both are flagged with the same third.
FLAG = 0.74
FLAG_WITH_A_THIRD = 0.6
# Pairs less alike than this by their letters are not looked at; at most so many neighbours a tip are.
WORTH_A_LOOK = 0.4
SURELY_WORTH_A_LOOK = 0.7
MOST_NEIGHBOURS = 10
# A word in up to this share of the tips has its full weight; one in every tip has none.
COMMON = 0.1
# A word that the lexicon knows, on one side alone, says that the tips are about different things.
KNOWN_TO_DIFFER = 2.0
# Two spellings of one word: letters alike in percent, and the shortest word for which that says anything.
SAME_SPELLING = 80
SHORTEST_MISSPELLED = 5

Weights = Mapping[str, float]


def near_duplicates(board: Sequence[Features], spelling: np.ndarray) -> list[tuple[int, int, float]]:
    """(row, row, score 0 to 1) with the smaller row first.

    Each tip is compared with its ten nearest by `spelling`, an n × n matrix.
    """
    weights = weights_on(board)
    looked_at = {
        pair: likeness(board[pair[0]], board[pair[1]], weights)
        for pair in worth_a_look(spelling)
        if share_enough(board[pair[0]].units, board[pair[1]].units) or spelling[pair] >= SURELY_WORTH_A_LOOK
    }
    looked_at |= dict.fromkeys(wordless(board), 1.0)
    partners: dict[int, set[int]] = {}
    for (first, second), score in looked_at.items():
        if score >= FLAG:
            partners.setdefault(first, set()).add(second)
            partners.setdefault(second, set()).add(first)
    for common in partners.values():
        for pair in combinations(sorted(common)[:MOST_NEIGHBOURS], 2):
            if pair not in looked_at:
                looked_at[pair] = likeness(board[pair[0]], board[pair[1]], weights)
    return [
        (first, second, score)
        for (first, second), score in sorted(looked_at.items())
        if score >= FLAG or (score >= FLAG_WITH_A_THIRD and partners.get(first, set()) & partners.get(second, set()))
    ]


def worth_a_look(spelling: np.ndarray) -> Iterator[tuple[int, int]]:
    for row, alike in enumerate(spelling):
        near = np.flatnonzero(alike >= WORTH_A_LOOK)
        if len(near) > MOST_NEIGHBOURS:
            near = near[np.argsort(-alike[near], kind="stable")[:MOST_NEIGHBOURS]]
        for other in near.tolist():
            yield (row, other) if row < other else (other, row)


def share_enough(one: Mapping[str, str], two: Mapping[str, str]) -> bool:
    return 6 * len(one.keys() & two.keys()) > len(one) + len(two)


def wordless(board: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Tips of stop words or of emoji alone have no meaningful word; they are the same only when written the same."""
    first: dict[str, int] = {}
    for row, features in enumerate(board):
        if features.stems:
            continue
        text = " ".join(tokens(features.plain)) or features.plain.strip()
        if text and first.setdefault(text, row) != row:
            yield first[text], row


def weights_on(board: Sequence[Features]) -> Weights:
    """1 for words in up to a tenth of the tips, falling to a little for words in all of them."""
    counts = Counter(unit for features in board for unit in features.units)
    return {unit: max(0.05, min(1.0, log(len(board) / count) / log(1 / COMMON))) for unit, count in counts.items()}


def likeness(first: Features, second: Features, weights: Weights) -> float:
    """Symmetric, 1 for the same words in any order; 0 for tips that differ in a "not" alone."""
    left = [unit for unit in first.units if unit not in second.units]
    right = [unit for unit in second.units if unit not in first.units]
    if not left and not right:
        return 1.0 if first.negated == second.negated else 0.0
    same = sum(weights[unit] for unit in first.units if unit in second.units)
    for unit in left[:]:
        twin = next((other for other in right if spelled_alike(first.units[unit], second.units[other])), None)
        if twin:
            left.remove(unit)
            right.remove(twin)
            same += (weights[unit] + weights[twin]) / 2
    # "new comers" and "newcomers".
    if spelled_alike("".join(first.units[unit] for unit in left), "".join(second.units[unit] for unit in right)):
        same, left, right = same + 1, [], []
    against = sum(weights[unit] * (KNOWN_TO_DIFFER if "." in unit else 1) for unit in (*left, *right))
    return round(2 * same / (2 * same + against), 4) if same else 0.0


@lru_cache(maxsize=100_000)
def spelled_alike(one: str, two: str) -> bool:
    if one == two:
        return bool(one)
    if min(len(one), len(two)) < SHORTEST_MISSPELLED:
        return False
    return one[0] == two[0] and ratio(one, two) >= SAME_SPELLING
