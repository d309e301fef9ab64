"""Rounds worked out beforehand: for as long as they last, nobody meets twice.

`schedules.json` holds, for 4 to 36 people in threes, one or more sequences of rounds; a round is a string with one
letter per seat, and seats with the same letter form a group. The first sequence keeps repeats away as long as
possible; a further one has fewer repeats in all over one particular number of rounds. tests/matching/
build_schedules.py finds and checks them. Larger numbers, and pairs, have formulas.
"""

import json
from functools import cache
from itertools import combinations
from pathlib import Path

Round = list[list[int]]

LARGEST_STORED = 36
LARGEST = 60


@cache
def sequences(seats: int, size: int) -> list[list[Round]]:
    """The sequences known for `seats` people in groups of `size` (2 or 3) or one less; best first, maybe none."""
    if size == 2 and 2 <= seats <= LARGEST and seats % 2 == 0:
        return [round_robin(seats)]
    if size == 3 and LARGEST_STORED < seats <= LARGEST:
        return [carousel(seats)]
    if size == 3:
        return [[decode(line) for line in sequence] for sequence in _stored().get(str(seats), [])]
    return []


def best_sequence(seats: int, size: int, rounds: int | None) -> int | None:
    """Number of the sequence with the fewest repeats over `rounds` rounds (`None`: not known how many)."""
    known = sequences(seats, size)
    if not known:
        return None
    return max(range(len(known)), key=lambda at: (len(_pairs(known[at][:rounds])) if rounds else 0, -at))


@cache
def allowances(seats: int, size: int, at: int) -> list[int]:
    """How many pairs meet again in each round of a sequence, if it is kept to from the start."""
    repeats, seen = [], set[tuple[int, int]]()
    for groups in sequences(seats, size)[at]:
        pairs = _pairs([groups])
        repeats.append(len(pairs & seen))
        seen |= pairs
    return repeats


def carousel(seats: int) -> list[Round]:
    """Rounds for three rings of G = ceil(seats / 3), one person of each in every group; nobody meets twice.

    In round k the second ring has turned by k and the third by b(k) = 2k; for even G that would repeat from
    G / 2 on, so that from there b(k) = 2k + 1. G rounds for odd G, G - 1 for even. Missing seats are the last of
    the third ring, so that no group loses two.
    """
    ring = -(-seats // 3)
    rounds = []
    for k in range(ring if ring % 2 else ring - 1):
        turn = 2 * k if ring % 2 or k < ring // 2 else 2 * k + 1
        groups = [[i, ring + (i + k) % ring, 2 * ring + (i + turn) % ring] for i in range(ring)]
        rounds.append([[seat for seat in group if seat < seats] for group in groups])
    return rounds


def round_robin(seats: int) -> list[Round]:
    """All pairs of an even number of seats in `seats` - 1 rounds: one seat stays, the others turn (Kirkman 1847)."""
    turning = seats - 1
    return [
        [[turning, k]] + [[(k + i) % turning, (k - i) % turning] for i in range(1, seats // 2)] for k in range(turning)
    ]


def decode(line: str) -> Round:
    """`"aab"` -> `[[0, 1], [2]]`."""
    groups: dict[str, list[int]] = {}
    for seat, letter in enumerate(line):
        groups.setdefault(letter, []).append(seat)
    return list(groups.values())


def encode(groups: Round) -> str:
    """`[[0, 1], [2]]` -> `"aab"`."""
    letters = {seat: chr(ord("a") + at) for at, group in enumerate(sorted(map(sorted, groups))) for seat in group}
    return "".join(letters[seat] for seat in range(len(letters)))


def _pairs(rounds: list[Round]) -> set[tuple[int, int]]:
    return {pair for groups in rounds for group in groups for pair in combinations(sorted(group), 2)}


@cache
def _stored() -> dict[str, list[list[str]]]:
    book: dict[str, list[list[str]]] = json.loads(Path(__file__).with_name("schedules.json").read_text())
    return book
