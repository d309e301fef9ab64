"""What can go wrong at a rehearsal: kinds of faults, and how each is counted and told."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

KINDS = ("lost", "doubled", "leaked", "errors", "repeats")
# Of each kind, so many different sentences are kept; a server that tells everybody everything would fill the memory.
MOST_TOLD = 200


class CannotBegin(Exception):
    """There can be no rehearsal here; the sentence says why, without a name or a code."""


class Unreachable(CannotBegin):
    """Nobody answers at the address `base`, or nobody any more."""

    def __init__(self, base: str) -> None:
        super().__init__(f"The server could not be reached at {base}.")
        self.base = base


class Fault(NamedTuple):
    """What is counted, and may be kept: `what` is a kind of text, a stream or a route, and never anybody's."""

    kind: str
    name: str
    what: str = ""


@dataclass
class Faults:
    counts: Counter[Fault] = field(default_factory=Counter)
    # By kind: sentences for who reads the terminal, with names and marks, and how often each was said.
    told: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, kind: str, name: str, sentence: str, what: str = "") -> None:
        self.counts[Fault(kind, name, what)] += 1
        told = self.told[kind]
        if sentence in told or len(told) < MOST_TOLD:
            told[sentence] += 1

    def of(self, kind: str) -> int:
        return sum(count for fault, count in self.counts.items() if fault.kind == kind)

    def sentences(self, kind: str) -> list[str]:
        return [f"{one} ({count}×)" if count > 1 else one for one, count in self.told[kind].items()]
