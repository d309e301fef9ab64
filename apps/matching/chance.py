"""Chance that can be replayed: the same seed gives the same groups on every version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of random choices from one integer seed.

    Only `Random.random()` is promised to stay the same between versions of Python, so everything is built on it.
    """

    __slots__ = ("random",)

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def below(self, end: int) -> int:
        """A whole number from 0 to `end` - 1."""
        return int(self.random() * end)

    def shuffle(self, items: list[T]) -> list[T]:
        """`items` itself, in random order (Fisher-Yates)."""
        random = self.random
        for i in range(len(items) - 1, 0, -1):
            j = int(random() * (i + 1))
            items[i], items[j] = items[j], items[i]
        return items

    def choose(self, items: Sequence[T]) -> T:
        """One of `items`, which must not be empty."""
        return items[int(self.random() * len(items))]
