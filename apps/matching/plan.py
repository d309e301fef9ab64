"""Seats in rounds worked out beforehand, kept through people coming and going."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from .chance import Chance
from .history import AVOID, MET
from .repair import Groups, Ties, weight_of
from .schedules import LARGEST, Round, allowances, best_sequence, sequences

# How many random seatings are compared when some people are to be kept apart.
SEATINGS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits where in a stored sequence of rounds, for one pool of people who are matched among themselves.

    `seats[s]` is the id at seat `s`; someone who leaves keeps it until an arrival needs it. `used` are the numbers
    of the rounds already held. `rounds` is how many were expected in all when it was made, if that was known. Store
    it with the round it came out of, and give it to the next one.
    """

    pool: str
    size: int
    sequence: int
    seats: tuple[str, ...]
    used: tuple[int, ...] = ()
    rounds: int | None = None

    def without(self, number: int) -> "Plan":
        """The plan after round `number` was held."""
        return replace(self, used=(*self.used, number))


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A round of a plan with names in the seats."""

    number: int
    groups: Groups
    weight: int


def make_plan(pool: str, ids: Sequence[str], size: int, rounds: int | None, ties: Ties, chance: Chance) -> Plan | None:
    """A plan for people of whom no two have met, with as few rounds as can be that would join two to be kept apart.

    None if some have met, or if nothing is stored for so many people in groups of `size` or one less.
    """
    at = best_sequence(len(ids), size, rounds) if len(ids) <= LARGEST else None
    if at is None:
        return None
    among = [weight for one in ids if (row := ties.get(one)) for other in ids if (weight := row.get(other, 0))]
    if any(weight % MET for weight in among):
        return None
    best, most = None, -1
    for _ in range(SEATINGS if among else 1):
        seats = tuple(chance.shuffle(list(ids)))
        held = [_held(groups, seats, set(seats)) for groups in sequences(len(ids), size)[at]]
        clean = sum(not any(weight_of(group, ties) for group in groups) for groups in held)
        if clean > most:
            best, most = Plan(pool, size, at, seats, rounds=rounds), clean
    return best


def seat_arrivals(plan: Plan, ids: Sequence[str], chance: Chance) -> Plan:
    """The plan with people who have no seat yet in the seats of people who are not here; some may get none.

    Once somebody new sits in it, the number of repeats it was made for says nothing any more.
    """
    here = set(ids)
    arrivals = chance.shuffle(sorted(here.difference(plan.seats)))
    free = chance.shuffle([seat for seat, one in enumerate(plan.seats) if one not in here])
    seats = list(plan.seats)
    for one, seat in zip(arrivals, free, strict=False):
        seats[seat] = one
    return replace(plan, seats=tuple(seats), rounds=None) if arrivals else plan


def planned_round(
    plan: Plan, ids: Sequence[str], sizes: Sequence[int], ties: Ties, chance: Chance
) -> PlannedRound | None:
    """The next round of the plan that fits the people here, or None.

    It fits if it seats everybody in groups of the wanted sizes, nobody with someone to be avoided, and if no more
    pairs meet again than the sequence itself has in that round.
    """
    here = set(ids)
    if not here.issubset(plan.seats):
        return None
    rounds = sequences(len(plan.seats), plan.size)[plan.sequence]
    allowed = allowances(len(plan.seats), plan.size, plan.sequence)
    unused = [at for at in range(len(rounds)) if at not in plan.used]
    clean = chance.shuffle([at for at in unused if not allowed[at]])
    for at in clean + [at for at in unused if allowed[at]]:
        groups = _held(rounds[at], plan.seats, here)
        if sorted(map(len, groups), reverse=True) != list(sizes):
            continue
        weights = [ties.get(one, {}).get(other, 0) for group in groups for one, other in combinations(group, 2)]
        if sum(map(bool, weights)) <= allowed[at] and max(weights) < AVOID:
            return PlannedRound(at, groups, sum(weights))
    return None


def _held(groups: Round, seats: Sequence[str], here: Set[str]) -> Groups:
    named = ([seats[seat] for seat in group if seats[seat] in here] for group in groups)
    return [group for group in named if group]
