"""The verdict: what was lost, doubled, leaked, refused, and repeated without need."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from .attendee import Attendee
from .client import Client
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
}
SETTLING_SECONDS = 20.0


@dataclass
class Verdict:
    """What failed, in sentences; `delays` in milliseconds, sorted, for each kind of push."""

    lost: list[str]
    doubled: list[str]
    leaked: list[str]
    errors: list[str]
    repeats: list[str]
    delays: dict[str, list[float]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.leaked or self.errors or self.repeats)


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
    return Verdict(
        lost=journal.lost,
        doubled=journal.doubled,
        leaked=journal.leaks,
        errors=[f"{what} ({count}×)" if count > 1 else what for what, count in journal.errors.items()],
        repeats=list(avoidable(journal)),
        delays=delays(journal),
        counts=journal.counts,
    )


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
        journal.lost.append(
            f"{screen.label} holds another picture of {alias} than a fresh one (version {held}, {told})"
        )


async def compare_stage(stage: Client, console: Client, journal: Journal) -> None:
    end = time.monotonic() + SETTLING_SECONDS
    while stage.documents("public") != console.documents("public"):
        if time.monotonic() > end:
            journal.lost.append("the stage holds another picture than the console")
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
        if places and times != (expected := 0 if typed.is_gone or not typed.is_answered else 1):
            tell(journal, typed, times, expected)


def tell(journal: Journal, typed: Typed, times: int, expected: int) -> None:
    what = f"a {typed.kind} ({typed.mark})"
    if times > 1:
        journal.doubled.append(f"{what} is there {times} times")
    elif expected:
        journal.lost.append(f"{what} was acknowledged and is nowhere")
    else:
        journal.leaks.append(f"{what} is kept though it was refused or was to be forgotten")


def find_contacts(journal: Journal, one: Attendee) -> None:
    """What one gives stands on one's own phone alone, as long as the other one is not forgotten."""
    mine = one.phone.documents("me")
    for typed in journal.typed.values():
        if typed.kind == "contact" and typed.owner == one.id and typed.is_answered and not typed.is_gone:
            document = mine.get(f"contacts/{typed.to}")
            if document is not None and typed.mark not in (document["mine"] or ""):
                journal.lost.append(f"a contact ({typed.mark}) was acknowledged and is nowhere")


def avoidable(journal: Journal) -> Iterable[str]:
    """Pairs who sat together again though groups without that were known to exist; counted anew, not only believed."""
    before: set[tuple[str, str]] = set()
    for ident, report in journal.reports.items():
        pairs = together(journal.opened.get(ident, []))
        repeats = max(report["repeats"], len(pairs & before))
        before |= pairs
        if repeats > report["unavoidable"]:
            yield f"a round has {repeats} pairs who had met, {report['unavoidable']} could not be avoided ({ident})"


def delays(journal: Journal) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for (kind, ident), instants in journal.arrived.items():
        if (began := journal.pressed.get((kind, ident))) is not None:
            found.setdefault(kind, []).extend((at - began) * 1000 for at in instants)
    return {kind: sorted(times) for kind, times in found.items()}


def together(groups: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
