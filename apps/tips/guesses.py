"""The likeliest themes of an unsorted tip, each with its reason. No Django."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .features import Features
from .wording import folded

MOST_GUESSES = 3
NEAREST = 3
# Weight of the theme's name beside its tips; a name is short and chosen by a person.
NAME = 0.5
# Under this nothing is said at all.
FLOOR = 0.02
MOST_REASONS = 3
SHORTEST_COMMON_START = 5


@dataclass(frozen=True)
class Vocabulary:
    """The words a theme is known by (stems, `=concept`, `=field`), each as written once and with its number of tips."""

    written: dict[str, str] = field(default_factory=dict)
    tips: Counter[str] = field(default_factory=Counter)


def scores(alike: np.ndarray, names: Sequence[int], placed: Sequence[Sequence[int]]) -> np.ndarray:
    """n × themes: the mean of a row's three nearest placed tips plus half its likeness to the theme's name.

    `names` are the rows of the themes' names in `alike`, `placed` the rows of each theme's tips.
    """
    result = np.zeros((len(alike), len(names)), np.float32)
    for column, (name, members) in enumerate(zip(names, placed, strict=True)):
        result[:, column] = NAME * alike[:, name]
        if members:
            near = np.sort(alike[:, list(members)], axis=1)[:, -NEAREST:]
            result[:, column] += near.sum(axis=1) / NEAREST
    return result


def vocabulary(theme: Sequence[Features]) -> Vocabulary:
    known = Vocabulary()
    for features in theme:
        words = dict(zip(features.stems, features.written, strict=True))
        for mention in features.mentions:
            words |= {f"={mention.concept}": mention.words, f"={mention.field}": mention.words}
        known.tips.update(words.keys())
        for key, written in words.items():
            known.written.setdefault(key, written)
    return known


def reasons(tip: Features, theme: Vocabulary, on_board: Counter[str]) -> tuple[str, ...]:
    """Up to three shared words, rarest on the board first; "debutants ≈ newcomers" where only the meaning is shared."""
    shared = [(stem, written) for stem, written in zip(tip.stems, tip.written, strict=True) if stem in theme.tips]
    shared.sort(key=lambda pair: (on_board[pair[0]] / theme.tips[pair[0]], pair[1]))
    found = list(dict.fromkeys(written for _, written in shared))
    said = {folded(word) for word in found}
    for mention in tip.mentions:
        other = theme.written.get(f"={mention.concept}") or theme.written.get(f"={mention.field}")
        if other and not said & {folded(part) for part in mention.words.split()}:
            found.append(mention.words if other == mention.words else f"{mention.words} ≈ {other}")
    return tuple(found[:MOST_REASONS]) or spelled_alike(tip, theme)


def spelled_alike(tip: Features, theme: Vocabulary) -> tuple[str, ...]:
    for written in dict.fromkeys(tip.written):
        for other in theme.written.values():
            begins = folded(written)[:SHORTEST_COMMON_START]
            if len(begins) == SHORTEST_COMMON_START and folded(other).startswith(begins):
                return (f"{written} ≈ {other}",)
    return ()
