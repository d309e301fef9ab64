"""What can go wrong at a rehearsal: kinds of faults, and how each is counted and told."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from apps.core.refusal import gettext_noop

KINDS = ("lost", "doubled", "leaked", "errors", "repeats")
# Of each kind, so many different sentences are kept; a server that tells everybody everything would fill the memory.
MOST_TOLD = 200


# Why there can be none, by code; `%(what)s` is an address, numbers or what the server said, and never anybody's. The
# command line says them as they are. Those that nobody can be told in the browser are not translated.
WHY = {
    "unreachable": gettext_noop("The server could not be reached at %(what)s."),
    "too_few_files": gettext_noop(
        "So many people need more open files than this computer gives a process: %(what)s (ulimit -Hn)."
    ),
    "nobody_asks": gettext_noop("Whoever asked for it is gone."),
    "not_copied": gettext_noop("The event could not be copied: %(what)s"),
    "no_address": "This is no sign-in address of an event: manage.py sign_in_link CODE --base ADDRESS",
    "address_used": "The sign-in address was used already, or it is too old. Take a new one.",
}


class CannotBegin(Exception):
    """There can be no rehearsal here, or it could not go on: `code` and `what` are those of `WHY`."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(WHY[code] % {"what": what})
        self.code, self.what = code, what


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
