"""The search for one round's groups: deal at random, then swap people until nobody meets again.

Min-conflicts with a tabu list (Glover 1989; for the social golfer problem: Dotú and Van Hentenryck 2005), with
steps and samples of our own, measured in tests/bench/pairing_bench.py. There is no clock in it.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from .chance import Chance

Groups = list[list[str]]
Ties = Mapping[str, Mapping[str, int]]

# Up to this many people every possible partner of a swap is looked at, above it a sample.
LOOK_AT_ALL = 64
SAMPLE = 40
# More than this has not been seen to help; half of it leaves a few more repeats at 24 to 30 people.
PATIENCE = 100
STRANGER: Mapping[str, int] = {}


def deal(ids: Sequence[str], sizes: Sequence[int], short: Mapping[str, int], chance: Chance) -> Groups:
    """Random groups of the given sizes (largest first); short groups go to those who had the fewest so far."""
    order = chance.shuffle(list(ids))
    if sizes[-1] < sizes[0]:
        order.sort(key=lambda one: short.get(one, 0), reverse=True)
        in_full = sum(size for size in sizes if size == sizes[0])
        order = chance.shuffle(order[:in_full]) + chance.shuffle(order[in_full:])
    groups, start = [], 0
    for size in sizes:
        groups.append(order[start : start + size])
        start += size
    return groups


def weight_of(group: Sequence[str], ties: Ties) -> int:
    """The sum of a group's ties."""
    return sum(ties.get(one, STRANGER).get(other, 0) for one, other in combinations(group, 2))


def repair(groups: Groups, ties: Ties, chance: Chance) -> int:
    """Swap people between `groups`, in place, to the least weight found; returns that weight.

    A random person with a tie in their group swaps with whoever makes the sum least, even where it grows; the two
    then stay put for 4 to 9 steps, unless moving them beats the best so far. Gives up after `PATIENCE` steps
    without a new best.
    """
    table = _Table(groups, ties, chance)
    best = table.total
    swaps_since_best: list[tuple[str, str]] = []
    stays_until: dict[str, int] = {}
    step = since_best = 0
    while since_best < PATIENCE and (one := table.someone_with_a_tie()) is not None:
        step, since_best = step + 1, since_best + 1
        held = {who for who, until in stays_until.items() if until > step}
        partner = table.best_partner(one, held, best)
        if partner is None:
            continue
        table.swap(one, partner)
        swaps_since_best.append((one, partner))
        stays_until[one] = stays_until[partner] = step + 4 + chance.below(6)
        if table.total < best:
            best, since_best = table.total, 0
            swaps_since_best.clear()
    for one, partner in reversed(swaps_since_best):
        table.swap(one, partner)
    return best


class _Table:
    """Groups with what each weighs, kept up to date through swaps."""

    __slots__ = ("chance", "everyone", "groups", "sore", "ties", "total", "weights", "where")

    def __init__(self, groups: Groups, ties: Ties, chance: Chance) -> None:
        self.groups, self.ties, self.chance = groups, ties, chance
        self.weights = [weight_of(group, ties) for group in groups]
        self.total = sum(self.weights)
        self.where = {one: g for g, group in enumerate(groups) for one in group}
        self.everyone = list(self.where)
        # Numbers of groups with a tie. A group that has lost its ties is dropped when it is next drawn.
        self.sore = [g for g, weight in enumerate(self.weights) if weight]

    def someone_with_a_tie(self) -> str | None:
        while self.total:
            at = self.chance.below(len(self.sore))
            g = self.sore[at]
            if self.weights[g]:
                group, ties = self.groups[g], self.ties
                return self.chance.choose([one for one in group if any(map(ties.get(one, STRANGER).get, group))])
            self.sore[at] = self.sore[-1]
            self.sore.pop()
        return None

    def best_partner(self, one: str, held: set[str], best: int) -> str | None:
        """Who should swap seats with `one`: the first who frees both groups of ties, else the least bad."""
        groups, ties, where, weights, everyone = self.groups, self.ties, self.where, self.weights, self.everyone
        home = where[one]
        row = ties.get(one, STRANGER)
        rest = [mate for mate in groups[home] if mate != one]
        leaving = sum(row.get(mate, 0) for mate in rest)
        count = len(everyone)
        looks, at = (count, self.chance.below(count)) if count <= LOOK_AT_ALL else (SAMPLE, 0)
        least, partner = None, None
        for _ in range(looks):
            at = (at + 1) % count if looks == count else self.chance.below(count)
            other = everyone[at]
            g = where[other]
            if g == home:
                continue
            other_row = ties.get(other, STRANGER)
            change = -leaving
            for mate in rest:
                change += other_row.get(mate, 0)
            for mate in groups[g]:
                if mate != other:
                    change += row.get(mate, 0) - other_row.get(mate, 0)
            if least is not None and change >= least:
                continue
            if (one in held or other in held) and self.total + change >= best:
                continue
            least, partner = change, other
            if change == -weights[home] - weights[g]:
                break
        return partner

    def swap(self, one: str, other: str) -> None:
        g, h = self.where[one], self.where[other]
        mine, theirs = self.groups[g], self.groups[h]
        mine[mine.index(one)], theirs[theirs.index(other)] = other, one
        self.where[one], self.where[other] = h, g
        for at in (g, h):
            weight = weight_of(self.groups[at], self.ties)
            if weight and not self.weights[at]:
                self.sore.append(at)
            self.total += weight - self.weights[at]
            self.weights[at] = weight
