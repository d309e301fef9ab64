"""The best groups there are, for a dozen people."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

from .repair import Groups, Ties, weight_of

LARGEST = 12


def lightest_groups(ids: Sequence[str], sizes: Sequence[int], ties: Ties) -> Groups:
    """Groups of the given sizes (largest first, within one of each other) of the least weight possible.

    Dynamic programming over the set of people still to be seated (Held and Karp's way): the first of them sits with
    each choice of others in turn. At most `LARGEST` people, then about 20 ms.
    """
    if len(ids) > LARGEST:
        raise ValueError(f"{len(ids)} people are too many to look at every grouping")
    weights = {
        sum(1 << at for at in seats): weight_of([ids[at] for at in seats], ties)
        for size in set(sizes)
        for seats in combinations(range(len(ids)), size)
    }

    @cache
    def best(left: int, full: int, short: int) -> tuple[int, tuple[int, ...]]:
        if not left:
            return 0, ()
        first = left & -left
        others = [1 << at for at in range(len(ids)) if (left ^ first) >> at & 1]
        found = None
        for size, count in ((sizes[0], full), (sizes[-1], short)):
            if not count:
                continue
            rest = (full - 1, short) if size == sizes[0] else (full, short - 1)
            for mates in combinations(others, size - 1):
                group = first + sum(mates)
                weight, groups = best(left ^ group, *rest)
                weight += weights[group]
                if found is None or weight < found[0]:
                    found = weight, (group, *groups)
        assert found is not None
        return found

    full = sum(size == sizes[0] for size in sizes)
    _, groups = best((1 << len(ids)) - 1, full, len(sizes) - full)
    return [[one for at, one in enumerate(ids) if group >> at & 1] for group in groups]
