"""Who is here, and who has met or must avoid whom."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import isqrt
from typing import Self

# Weights of putting two people together: one avoided pair is worse than any number of repeats, and among repeats
# a third meeting is worse than a second.
AVOID = 10**12
MET = 10**6


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to be matched. `remote` people meet by video, the others in the room."""

    id: str
    remote: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What came before. Make one with `History.of`.

    `ties[a][b]`, the same both ways round, is the weight of putting `a` and `b` together: `AVOID` if they are to be
    avoided, plus `MET` + times² if they have met. Strangers have no entry. `short[a]` counts how often `a` sat in a
    group smaller than the largest of its round.
    """

    ties: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    short: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rounds: Iterable[Sequence[Sequence[str]]] = (), avoid: Iterable[tuple[str, str]] = ()) -> Self:
        """The history of `rounds` (each a list of groups of ids) and of pairs to `avoid`, in any order."""
        return cls().and_then(rounds, avoid)

    def and_then(self, rounds: Iterable[Sequence[Sequence[str]]], avoid: Iterable[tuple[str, str]] = ()) -> Self:
        """This history with further rounds and pairs to avoid; this one stays as it is."""
        ties = {one: dict(row) for one, row in self.ties.items()}
        short = dict(self.short)
        for groups in rounds:
            full = max(map(len, groups), default=0)
            for group in groups:
                if len(group) < full:
                    for one in group:
                        short[one] = short.get(one, 0) + 1
                for one, other in combinations(group, 2):
                    row = ties.setdefault(one, {})
                    row[other] = weight = _once_more(row.get(other, 0))
                    ties.setdefault(other, {})[one] = weight
        for one, other in avoid:
            if one != other and ties.setdefault(one, {}).get(other, 0) < AVOID:
                ties[one][other] = weight = ties[one].get(other, 0) + AVOID
                ties.setdefault(other, {})[one] = weight
        return type(self)(ties, short)

    def digest(self) -> str:
        """SHA-256 of this history, to be recorded beside a round so that it can be replayed and checked."""
        lines = [f"{a} {b} {weight}" for a, row in self.ties.items() for b, weight in row.items() if a < b]
        lines += [f"{a} {count}" for a, count in self.short.items()]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _once_more(weight: int) -> int:
    met = weight % AVOID
    if not met:
        return weight + MET + 1
    times = isqrt(met - MET)
    return weight + 2 * times + 1
