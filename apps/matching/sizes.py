"""How many people sit in each group."""

DEFAULT_SIZE = 3


def group_sizes(people: int, smallest: int = 2, largest: int = 3) -> list[int]:
    """The sizes of the groups for `people`, largest first, within one of each other.

    Threes if the limits allow it; what does not divide goes into smaller groups before larger ones. The limits give
    way only where no division keeps to them, and then by as few seats as possible. Nobody is alone unless `people`
    is 1. Refuses (`ValueError`) limits outside 2 <= smallest <= largest.
    """
    wanted = _wanted(people, smallest, largest)
    if 0 < wanted <= people // 2 and not _outside(people, wanted, smallest, largest):
        return _divide(people, wanted)
    return next(iter(size_mixes(people, smallest, largest)), [])


def size_mixes(people: int, smallest: int = 2, largest: int = 3) -> list[list[int]]:
    """`group_sizes` first, then every other division with as few seats outside the limits."""
    wanted = _wanted(people, smallest, largest)
    if people < 2:
        return [[people]] if people else []
    counts = range(max(1, people // (largest + 1)), min(people // 2, -(-people // max(2, smallest - 1))) + 1)
    mixes = [(_outside(people, count, smallest, largest), abs(count - wanted), count) for count in counts]
    fewest = min(mixes)[0]
    return [_divide(people, count) for outside, _, count in sorted(mixes) if outside == fewest]


def usual_size(smallest: int = 2, largest: int = 3) -> int:
    """The size most groups get: 3, or the limit nearest to it."""
    if not 2 <= smallest <= largest:
        raise ValueError(f"group sizes must be 2 <= smallest <= largest, not {smallest} and {largest}")
    return min(max(DEFAULT_SIZE, smallest), largest)


def _wanted(people: int, smallest: int, largest: int) -> int:
    return -(-people // usual_size(smallest, largest))


def _divide(people: int, count: int) -> list[int]:
    size, larger = divmod(people, count)
    return [size + 1] * larger + [size] * (count - larger)


def _outside(people: int, count: int, smallest: int, largest: int) -> int:
    size, larger = divmod(people, count)
    return larger * _excess(size + 1, smallest, largest) + (count - larger) * _excess(size, smallest, largest)


def _excess(size: int, smallest: int, largest: int) -> int:
    return max(size - largest, smallest - size, 0)
