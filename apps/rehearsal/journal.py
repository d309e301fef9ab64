"""What was typed, what was heard, and when: everything that the judge needs, kept while the evening runs."""

import time
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from .faults import Faults
from .marks import marks_in


@dataclass(slots=True)
class Typed:
    """One text that the server has said yes to, or will. `owner` and `to` are ids of attendees, `""` for the crew."""

    mark: str
    kind: str  # name, spot, teaser, title, tip, contact, slip, theme, caption, hidden
    owner: str
    to: str = ""
    is_signed: bool = False
    shown_at: float | None = None  # the crew decided that everybody may see it
    is_answered: bool = False
    is_gone: bool = False  # its owner took it back
    is_unsure: bool = False  # nobody heard whether it was taken


@dataclass(frozen=True, slots=True)
class Ear:
    """Who hears: an attendee by id (`""` before they have one), or a screen without an attendee."""

    label: str
    code: str
    screen: str = "phone"


@dataclass
class Journal:
    code: str
    typed: dict[str, Typed] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # label -> id of the attendee
    groups: dict[str, set[str]] = field(default_factory=dict)  # every group there was -> whoever sat in it
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)  # round -> what the crew is told of it
    opened: dict[str, list[list[str]]] = field(default_factory=dict)  # round -> its first groups
    offers: set[tuple[str, str]] = field(default_factory=set)  # (giver, to), from when it was sent
    drawn: set[str] = field(default_factory=set)  # marks in names that were called out
    unexplained: dict[tuple[str, str], str] = field(default_factory=dict)  # (mark, label) -> where it was heard first
    faults: Faults = field(default_factory=Faults)
    pictures: dict[str, bool] = field(default_factory=dict)  # id -> whether everybody may see it
    nows: dict[int, str] = field(default_factory=dict)  # version -> the document, as the first phone had it
    pressed: dict[tuple[str, str], float] = field(default_factory=dict)
    arrived: dict[tuple[str, str], "array[float]"] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    counts: Counter[str] = field(default_factory=Counter)
    late: "array[float]" = field(default_factory=lambda: array("d"))  # seconds by which the people here were late

    # Typing

    def type(self, mark: str, kind: str, owner: str, **more: Any) -> Typed:
        self.typed[mark] = made = Typed(mark, kind, owner, **more)
        return made

    def offer(self, giver: str, to: str) -> None:
        """A contact is on its way; whoever is second makes it known to both."""
        self.offers.add((giver, to))
        if (to, giver) in self.offers:
            for one in (f"{giver}/{to}", f"{to}/{giver}"):
                self.press("a swapped contact", one, time.monotonic())

    def press(self, kind: str, ident: object, at: float) -> None:
        """The instant from which a push of this kind about this thing is timed."""
        self.pressed.setdefault((kind, str(ident)), at)

    def arrive(self, kind: str, ident: object) -> None:
        self.arrived[kind, str(ident)].append(time.monotonic())

    def lose(self, name: str, sentence: str, what: str = "") -> None:
        self.faults.note("lost", name, sentence, what)

    def double(self, name: str, sentence: str, what: str) -> None:
        self.faults.note("doubled", name, sentence, what)

    def leak(self, name: str, sentence: str, what: str = "") -> None:
        self.faults.note("leaked", name, sentence, what)

    def wrong(self, name: str, sentence: str, what: str = "") -> None:
        self.faults.note("errors", name, sentence, what)

    # Hearing

    def hear(self, ear: Ear, text: str, where: str, marks: frozenset[str] | None = None) -> None:
        """Every byte a phone or the stage is given comes by here."""
        self.counts["bytes"] += len(text)
        for mark in marks_in(text) if marks is None else marks:
            typed = self.typed.get(mark)
            if typed is None or (ear.screen == "console" and typed.kind != "hidden"):
                continue
            if ear.code != self.code:
                self.told_to(typed, ear.label, where)
            elif not self.may_hear(typed, self.people.get(ear.label, "")):
                if typed.kind in ("name", "spot", "slip"):
                    # Who sat with whom, and who was called, the console may hear a moment after the phone.
                    self.unexplained.setdefault((mark, ear.label), where)
                else:
                    self.told_to(typed, ear.label, where)

    def may_hear(self, typed: Typed, me: str) -> bool:
        if me and me == typed.owner and typed.kind != "hidden":
            return True
        match typed.kind:
            case "contact":
                return bool(me) and typed.to == me and (me, typed.owner) in self.offers
            case "tip" | "name" | "caption":
                return typed.shown_at is not None
            case "title" | "theme":
                return True
        return False

    def told_to(self, typed: Typed, label: str, where: str) -> None:
        self.leak("told", f"a {typed.kind} ({typed.mark}) was told to {label} in {where}", typed.kind)

    def settle(self) -> None:
        """Once all is known: what was heard of names and spots, was it of one's own group or called out?"""
        together = {pair for group in self.groups.values() for pair in combinations(sorted(group), 2)}
        for (mark, label), where in self.unexplained.items():
            typed, me = self.typed[mark], self.people.get(label, "")
            pair = (min(me, typed.owner), max(me, typed.owner))
            if self.may_hear(typed, me) or pair in together or (typed.kind != "spot" and mark in self.drawn):
                continue
            self.told_to(typed, label, where)
        self.unexplained.clear()

    def note_now(self, version: int, now: str, label: str) -> None:
        """At one version of the public stream there is one *now*."""
        if self.nows.setdefault(version, now) != now:
            self.wrong("two_nows", f"two screens had different nows at version {version}, one of them {label}")

    def note_crew(self, frame: dict[str, Any]) -> None:
        """What the console hears of groups and rounds."""
        documents = frame["documents"]
        groups = [one for key, one in documents.items() if key.startswith("groups/") and one]
        for group in groups:
            self.groups.setdefault(group["id"], set()).update(one["id"] for one in group["members"])
        if report := documents.get("round_report"):
            self.reports[report["round"]] = report
            if "round.opened" in frame.get("because", ()):
                firsts = [[one["id"] for one in group["members"] if not one["late"]] for group in groups]
                self.opened.setdefault(report["round"], firsts)
