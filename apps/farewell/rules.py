"""Contacts by mutual consent between two people who met: what each may do, and what each sees of the other.

Offers are double-blind: nobody hears of one before they make their own. So nobody is put on the spot, and an offer that
is taken back before the other one makes theirs leaves no trace.

A swap does: whoever takes their line back, or blocks, takes back the other's line too, and the other is told that it
lapsed. So nobody collects lines by giving theirs for a moment, time and again: whose line was read once knows, and has
to offer it anew. Being blocked looks like a line that was taken back.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class State(StrEnum):
    NONE = "none"
    OFFERED = "offered"
    SWAPPED = "swapped"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two gives: a line, or nothing while it is empty. Who blocks the other gives nothing.

    `lapsed`: the line went because the other one took theirs back; until the next offer or block of one's own.
    """

    line: str = ""
    blocks: bool = False
    lapsed: bool = False


# The side of who acts, and the one opposite.
Sides: TypeAlias = tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that one of the two is told."""

    state: State
    mine: str | None = None
    theirs: str | None = None
    lapsed: bool = False


class Blocking(Exception):
    """Somebody offers a contact to a person they block."""


def offer(mine: Side, theirs: Side, line: str) -> Sides:
    """Give this line, or another one than before; refuses `Blocking`."""
    if mine.blocks:
        raise Blocking
    return Side(line), theirs


def withdraw(mine: Side, theirs: Side) -> Sides:
    """Take the line back; after a swap theirs lapses. Nothing happens to who gives none."""
    return (Side(), without_swap(mine, theirs)) if mine.line else (mine, theirs)


def block(mine: Side, theirs: Side) -> Sides:
    """Nothing to them and nothing from them; what was given is taken back."""
    return Side(blocks=True), without_swap(mine, theirs)


def unblock(mine: Side, theirs: Side) -> Sides:
    return (Side(), theirs) if mine.blocks else (mine, theirs)


def without_swap(mine: Side, theirs: Side) -> Side:
    """What is opposite once `mine` gives nothing: a line that was read lapses, one that was not stays."""
    return Side(lapsed=True) if mine.line and theirs.line else theirs


def seen(mine: Side, theirs: Side) -> Seen:
    """How it stands for the owner of `mine`. Both lines or none: who takes theirs back loses the other one too."""
    if mine.blocks:
        return Seen(State.BLOCKED)
    if not mine.line:
        return Seen(State.NONE, lapsed=mine.lapsed)
    if not theirs.line:
        return Seen(State.OFFERED, mine.line)
    return Seen(State.SWAPPED, mine.line, theirs.line)
