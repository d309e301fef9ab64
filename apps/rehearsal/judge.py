"""The verdict: what was lost, doubled, leaked, refused, and repeated without need."""

import asyncio
import json
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from .attendee import Attendee
from .client import Client
from .faults import Faults
from .journal import Journal, Typed
from .marks import MARK

# Where the crew finds what people typed; of each kind in one document, and once in it.
PLACES = {
    "name": ("attendees/",),
    "spot": ("attendees/",),
    "teaser": ("slips/",),
    "title": ("slips/",),
    "slip": ("slips/",),
    "tip": ("queue/", "board/"),
    "theme": ("themes/",),
    "caption": ("picture_queue/", "picture_board/"),
}
SETTLING_SECONDS = 20.0


@dataclass
class Verdict:
    """What failed; `delays` in milliseconds, sorted, for each kind of push."""

    faults: Faults
    delays: dict[str, Sequence[float]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    # By how many milliseconds the simulated people themselves were late, sorted.
    late: Sequence[float] = ()

    @property
    def is_good(self) -> bool:
        return not self.faults.counts


async def judge(journal: Journal, console: Client, people: list[Attendee], stage: Client) -> Verdict:
    """Look at everything once more, with fresh eyes, after the evening has ended and all has been sent."""
    screens = [screen for one in people if not one.has_left and one.id for screen in one.screens]
    turns = asyncio.Semaphore(20)
    await asyncio.gather(*(compare(screen, turns, journal) for screen in (*screens, console)))
    await compare_stage(stage, console, journal)
    crew = (await console.snapshot())["crew"]["documents"]
    find_again(journal, crew)
    for one in people:
        if one.id and not one.has_left:
            find_contacts(journal, one)
    journal.settle()
    for sentence in avoidable(journal):
        journal.faults.note("repeats", "met_again", sentence)
    late = sorted(1000 * one for one in journal.late)
    return Verdict(journal.faults, delays(journal), journal.counts, late)


async def compare(screen: Client, turns: asyncio.Semaphore, journal: Journal) -> None:
    """A screen that has heard everything holds what a page would be given that is opened now."""
    end = time.monotonic() + SETTLING_SECONDS
    while True:
        async with turns:
            fresh = await screen.snapshot()
        wrong = [alias for alias, one in fresh.items() if differs(screen, alias, one)]
        if not wrong:
            journal.counts["compared"] += 1
            return
        if time.monotonic() > end:
            break
        await asyncio.sleep(0.3)
    for alias in wrong:
        told, held = fresh[alias]["version"], screen.version(alias)
        sentence = f"{screen.label} holds another picture of {alias} than a fresh one (version {held}, {told})"
        journal.lose("other_picture", sentence, alias)


async def compare_stage(stage: Client, console: Client, journal: Journal) -> None:
    end = time.monotonic() + SETTLING_SECONDS
    while stage.documents("public") != console.documents("public"):
        if time.monotonic() > end:
            journal.lose("other_picture", "the stage holds another picture than the console", "stage")
            return
        await asyncio.sleep(0.1)


def differs(screen: Client, alias: str, fresh: dict[str, Any]) -> bool:
    held = screen.streams.get(alias)
    mine = (held.epoch, held.version, held.documents) if held else None
    return mine != (fresh["epoch"], fresh["version"], fresh["documents"])


def find_again(journal: Journal, crew: dict[str, Any]) -> None:
    """Everything that was acknowledged is there, once."""
    found: Counter[tuple[str, str]] = Counter()
    for key, document in crew.items():
        for mark in MARK.findall(json.dumps(document, ensure_ascii=False)):
            found[mark, key.partition("/")[0] + "/"] += 1
    for typed in journal.typed.values():
        places = PLACES.get(typed.kind, ())
        times = sum(found[typed.mark, place] for place in places)
        expected = int(typed.is_answered and not typed.is_gone)
        if places and times != expected and not (typed.is_unsure and times == 1):
            tell(journal, typed, times, expected)


def tell(journal: Journal, typed: Typed, times: int, expected: int) -> None:
    what = f"a {typed.kind} ({typed.mark})"
    if times > 1:
        journal.double("twice", f"{what} is there {times} times", typed.kind)
    elif expected:
        journal.lose("nowhere", f"{what} was acknowledged and is nowhere", typed.kind)
    else:
        journal.leak("kept", f"{what} is kept though it was refused or was to be forgotten", typed.kind)


def find_contacts(journal: Journal, one: Attendee) -> None:
    """What one gives stands on one's own phone alone, as long as the other one is not forgotten."""
    mine = one.phone.documents("me")
    for typed in journal.typed.values():
        if typed.kind == "contact" and typed.owner == one.id and typed.is_answered and not typed.is_gone:
            document = mine.get(f"contacts/{typed.to}")
            if document is not None and typed.mark not in (document["mine"] or ""):
                journal.lose("nowhere", f"a contact ({typed.mark}) was acknowledged and is nowhere", typed.kind)


def avoidable(journal: Journal) -> Iterable[str]:
    """Pairs who sat together again though groups without that were known to exist; counted anew, not only believed."""
    before: set[tuple[str, str]] = set()
    for ident, report in journal.reports.items():
        pairs = together(journal.opened.get(ident, []))
        repeats = max(report["repeats"], len(pairs & before))
        before |= pairs
        if repeats > report["unavoidable"]:
            yield f"a round has {repeats} pairs who had met, {report['unavoidable']} could not be avoided ({ident})"


def delays(journal: Journal) -> dict[str, Sequence[float]]:
    found: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))
    for (kind, ident), instants in journal.arrived.items():
        if (began := journal.pressed.get((kind, ident))) is not None:
            found[kind].extend((at - began) * 1000 for at in instants)
    return {kind: sorted(times) for kind, times in found.items()}


def together(groups: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
