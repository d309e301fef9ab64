"""One round: everybody into a group, nobody alone, and nobody with someone they have met if that can be helped.

Pure, without Django: the same people, history, plans and seed give the same groups, whatever order they come in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from . import bounds
from .chance import Chance
from .history import AVOID, MET, History, Person
from .plan import Plan, make_plan, planned_round, seat_arrivals
from .repair import Groups, Ties, deal, repair
from .sizes import group_sizes, size_mixes, usual_size

# Recorded with every round. Goes up whenever the same input may give other groups.
ALGORITHM = 1

# How many deals are compared where it is tight, and up to how many people it may be.
DEALS = 12
TIGHT_UP_TO = 60
# How many more are tried before two people who are to be kept apart are put together.
DEALS_TO_AVOID = 20
MIXES_TO_AVOID = 5
# Above this many people one deal costs too much for that; nobody there lacks strangers anyway.
SMALL_ENOUGH_TO_INSIST = 400


@dataclass(frozen=True, slots=True)
class Report:
    """A rule that could not be kept: its code, whom it concerns, and why, in English.

    `met_again`, `avoided` (two people), `sides` (someone from the room with remote people or the reverse),
    `size` (a group outside the limits), `alone` (the only one here).
    """

    rule: str
    ids: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """A round's groups, every person in exactly one; `waiting` holds the one person there is when there is but one.

    `repeats` counts pairs who have met before or were to be kept apart; with this history no grouping of these sizes
    has fewer than `unavoidable`, as far as is known. `forced` names the rules not kept. `plans` go into the next round.
    """

    groups: list[tuple[str, ...]]
    repeats: int
    unavoidable: int
    forced: list[Report]
    plans: tuple[Plan, ...] = ()
    waiting: tuple[str, ...] = ()


def pair(
    people: Iterable[Person],
    history: History,
    *,
    smallest: int = 2,
    largest: int = 3,
    mix_sides: bool = False,
    seed: int,
    plans: Sequence[Plan] = (),
    rounds_left: int | None = None,
) -> Pairing:
    """Draw up a round.

    `seed` is any integer; take 256 random bits. `plans` are those of the round before. `rounds_left`, if known, is
    the number of rounds to come, this one included: repeats are then fewest over all of them, not put off as long as
    possible. Refuses (`ValueError`) an id that comes twice and sizes outside 2 <= smallest <= largest.
    """
    size = usual_size(smallest, largest)
    chance = Chance(seed)
    forced: list[Report] = []
    groups: list[tuple[str, ...]] = []
    kept_plans = {(plan.pool, plan.size): plan for plan in plans}
    unavoidable = 0
    for pool, ids in pools(people, mix_sides, forced):
        if len(ids) == 1:
            forced.append(Report("alone", (ids[0],), "Nobody else is here."))
            return Pairing([], 0, 0, forced, tuple(plans), waiting=(ids[0],))
        ties = {one: history.ties[one] for one in ids if one in history.ties}
        plan = kept_plans.get((pool, size))
        plan = seat_arrivals(plan, ids, chance) if plan else make_plan(pool, ids, size, rounds_left, ties, chance)
        drawn, plan = _draw(ids, ties, history, plan, smallest, largest, chance)
        if plan:
            kept_plans[pool, size] = plan
        unavoidable += _report(ids, drawn, ties, (smallest, largest), forced)
        groups += map(tuple, chance.shuffle(drawn))
    repeats = sum(report.rule in ("met_again", "avoided") for report in forced)
    return Pairing(groups, repeats, unavoidable, forced, tuple(kept_plans.values()))


def pools(people: Iterable[Person], mix_sides: bool, forced: list[Report]) -> list[tuple[str, list[str]]]:
    """Those matched among themselves, by name of the pool; one alone on a side joins the other, and is reported."""
    sides: dict[str, list[str]] = {"room": [], "remote": []}
    for person in people:
        sides["remote" if person.remote else "room"].append(person.id)
    everyone = sorted(sides["room"] + sides["remote"])
    if len(set(everyone)) < len(everyone):
        raise ValueError("somebody is here twice")
    if mix_sides:
        return [("all", everyone)] if everyone else []
    larger, smaller = ("remote", "room") if len(sides["remote"]) > len(sides["room"]) else ("room", "remote")
    if len(sides[smaller]) == 1 and sides[larger]:
        where = "in the room" if smaller == "room" else "remote"
        forced.append(Report("sides", tuple(sides[smaller]), f"Nobody else is {where}."))
        return [(larger, everyone)]
    return [(side, sorted(ids)) for side, ids in sides.items() if ids]


def _draw(
    ids: list[str], ties: Ties, history: History, plan: Plan | None, smallest: int, largest: int, chance: Chance
) -> tuple[Groups, Plan | None]:
    """The groups for one pool of two or more: the plan's next round if it fits, else searched for."""
    sizes = group_sizes(len(ids), smallest, largest)
    planned = planned_round(plan, ids, sizes, ties, chance) if plan else None
    # With somebody gone, too, the number of repeats that a plan was made for says nothing any more.
    is_whole = plan is not None and plan.rounds and len(plan.seats) == len(ids)
    if plan and planned and (not planned.weight or is_whole):
        return planned.groups, plan.without(planned.number)
    groups, weight = _search(ids, sizes, ties, history, chance)
    if plan and planned and planned.weight <= weight:
        return planned.groups, plan.without(planned.number)
    if weight >= AVOID and _could_be_kept_apart(ids, groups, ties):
        groups = _insist(ids, ties, history, smallest, largest, chance, groups, weight)
    return groups, plan


def _search(ids: list[str], sizes: list[int], ties: Ties, history: History, chance: Chance) -> tuple[Groups, int]:
    """The lightest of several repaired deals; among equals the one that leaves the most triples of strangers."""
    tight = len(ids) <= TIGHT_UP_TO and bounds.surely_fresh(ids, sizes, ties) < 2
    best: tuple[int, int] | None = None
    chosen: Groups = []
    for _ in range(DEALS if tight else 1):
        groups = deal(ids, sizes, history.short, chance)
        weight = repair(groups, ties, chance)
        rank = weight, -bounds.triples_left(ids, ties, groups) if tight else 0
        if best is None or rank < best:
            best, chosen = rank, groups
        if not best[1] and (not best[0] or best[0] // MET <= bounds.counted_repeats(ids, sizes, ties)):
            break
    assert best is not None
    return chosen, best[0]


def _could_be_kept_apart(ids: list[str], groups: Groups, ties: Ties) -> bool:
    """Whether further search is worth while: not where one of each two has nobody they might sit with."""
    if len(ids) > SMALL_ENOUGH_TO_INSIST:
        return False
    return any(
        all(any(ties[one].get(other, 0) < AVOID for other in ids if other != one) for one in two)
        for two in _tied(groups, ties, AVOID)
    )


def _insist(
    ids: list[str],
    ties: Ties,
    history: History,
    smallest: int,
    largest: int,
    chance: Chance,
    groups: Groups,
    weight: int,
) -> Groups:
    """More deals, then other sizes, until nobody sits with someone to be avoided; the best found if there is none."""
    for sizes in size_mixes(len(ids), smallest, largest)[:MIXES_TO_AVOID]:
        for _ in range(DEALS_TO_AVOID):
            if weight < AVOID:
                return groups
            others = deal(ids, sizes, history.short, chance)
            other_weight = repair(others, ties, chance)
            if other_weight // AVOID < weight // AVOID:
                groups, weight = others, other_weight
    return groups


def _report(ids: list[str], groups: Groups, ties: Ties, limits: tuple[int, int], forced: list[Report]) -> int:
    """Name every rule these groups do not keep; returns the least number of repeats known to be unavoidable."""
    smallest, largest = limits
    for group in groups:
        if not smallest <= len(group) <= largest:
            forced.append(Report("size", tuple(group), f"{len(ids)} people do not divide into {_range(limits)}."))
    tied = _tied(groups, ties, 1)
    if not tied:
        return 0
    fewest = bounds.fewest_repeats(ids, sorted(map(len, groups), reverse=True), ties)
    strangers = bounds.stranger_counts(ids, ties)
    for one, other in tied:
        if not strangers[one] or not strangers[other]:
            why = "One of them has nobody new left here."
        elif len(tied) <= fewest:
            why = "No groups of these sizes have fewer repeats."
        else:
            why = "No groups with fewer repeats were found."
        avoided = ties[one][other] >= AVOID
        forced.append(Report("avoided" if avoided else "met_again", (one, other), why))
    return fewest


def _tied(groups: Groups, ties: Ties, least: int) -> list[tuple[str, str]]:
    """The pairs within groups with a tie of at least this weight."""
    return [
        (one, other)
        for group in groups
        for one, other in combinations(group, 2)
        if one in ties and ties[one].get(other, 0) >= least
    ]


def _range(limits: tuple[int, int]) -> str:
    smallest, largest = limits
    return f"groups of {smallest}" if smallest == largest else f"groups of {smallest} to {largest}"
