"""What can be known without searching: how many pairs must meet again, and how long nobody need."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from . import exact
from .history import AVOID
from .repair import Groups, Ties

# Looking for triples of strangers is done with bit sets, which is fast up to about this many people.
TRIPLES_UP_TO = 64
# Rounds of threes without a repeat among strangers, where counting promises more; settled by complete search.
PROVED = {5: 1, 6: 1, 7: 3, 11: 4, 12: 4}


def fewest_repeats(ids: Sequence[str], sizes: Sequence[int], ties: Ties) -> int:
    """The number of tied pairs below which no groups of these sizes can get, as far as is known.

    For up to a dozen people it is exact, of groups that join the fewest people to be kept apart, else
    `counted_repeats`.
    """
    if len(ids) > exact.LARGEST:
        return counted_repeats(ids, sizes, ties)
    # Every tie weighs the same, so that the lightest groups have the fewest of them.
    alike = {
        one: {other: AVOID + 1 if weight >= AVOID else 1 for other, weight in ties[one].items()}
        for one in ids
        if one in ties
    }
    return sum(
        other in alike.get(one, ())
        for group in exact.lightest_groups(ids, sizes, alike)
        for one, other in combinations(group, 2)
    )


def counted_repeats(ids: Sequence[str], sizes: Sequence[int], ties: Ties) -> int:
    """A number of tied pairs below which no groups of these sizes can get; often it can be reached, not always.

    The larger of two bounds. Counting: in a group of k nobody has more than k - 1 strangers, or than they have at all.
    Shapes: a three without a tie needs three mutual strangers, and one with a single tie somebody with two strangers.
    """
    strangers = stranger_counts(ids, ties)
    seats = sorted(size for size in sizes for _ in range(size))
    reach = sum(min(size - 1, count) for size, count in zip(seats, sorted(strangers.values()), strict=True))
    bound = sum(size * (size - 1) // 2 for size in sizes) - reach // 2
    if sizes[0] == 3 and len(ids) <= TRIPLES_UP_TO:
        threes = sum(size == 3 for size in sizes)
        middles = sum(count >= 2 for count in strangers.values())
        in_triples = sum(map(bool, stranger_triples(ids, ties)))
        bound = max(bound, max(0, threes - middles) + max(0, threes - in_triples // 3))
    return max(bound, 0)


def stranger_counts(ids: Sequence[str], ties: Ties) -> Mapping[str, int]:
    """How many of the others each has no tie with."""
    here = set(ids)
    return {one: len(ids) - 1 - len(here.intersection(ties.get(one, ()))) for one in ids}


def stranger_triples(ids: Sequence[str], ties: Ties) -> list[int]:
    """For each, in the order of `ids`, twice the number of triples of mutual strangers they are in."""
    return _triples(_strangers(ids, ties))


def triples_left(ids: Sequence[str], ties: Ties, groups: Groups) -> int:
    """Six times the number of triples of mutual strangers once these groups have met."""
    place = {one: at for at, one in enumerate(ids)}
    strangers = _strangers(ids, ties)
    for group in groups:
        together = sum(1 << place[one] for one in group)
        for one in group:
            strangers[place[one]] &= ~together
    return sum(_triples(strangers))


def _strangers(ids: Sequence[str], ties: Ties) -> list[int]:
    bit = {one: 1 << at for at, one in enumerate(ids)}
    everyone = (1 << len(ids)) - 1
    return [everyone & ~sum((bit[other] for other in ties.get(one, ()) if other in bit), start=bit[one]) for one in ids]


def _triples(strangers: list[int]) -> list[int]:
    return [sum((mine & strangers[other]).bit_count() for other in _places(mine)) for mine in strangers]


def surely_fresh(ids: Sequence[str], sizes: Sequence[int], ties: Ties) -> int:
    """For how many rounds of these sizes nobody need meet again, whatever the history.

    Hajnal and Szemerédi (1970): people of whom nobody has more than D ties can be divided into any D + 1 or more
    groups without a tie, sizes within one of each other. A round of groups of k adds up to k - 1 ties to each.
    """
    if len(ids) < 2:
        return 0
    most_ties = len(ids) - 1 - min(stranger_counts(ids, ties).values())
    return max(0, (len(sizes) - 1 - most_ties) // (sizes[0] - 1) + 1)


def at_most_fresh(ids: Sequence[str], sizes: Sequence[int], ties: Ties) -> int:
    """A number of further rounds, with groups of these sizes, beyond which somebody has to meet again."""
    if len(ids) < 2:
        return 0
    counts = stranger_counts(ids, ties).values()
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    bound = min(sum(counts) // 2 // pairs, min(counts) // (sizes[-1] - 1))
    if bound and counted_repeats(ids, sizes, ties):
        return 0
    if sizes[0] == 3 and sum(counts) == len(ids) * (len(ids) - 1):
        bound = min(bound, PROVED.get(len(ids), bound))
    return bound


def _places(mask: int) -> list[int]:
    places = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places
