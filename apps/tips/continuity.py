"""Keeping a suggestion's id and name when the board is looked at again. No Django."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

# A group goes on as the old one when they share at least this part of both together (Jaccard index).
SAME = 1 / 3
# A refused suggestion that came back with a tip more or less is still the refused one.
REFUSED = 0.5


def alikeness(first: Collection[str], second: Collection[str]) -> float:
    """Jaccard index of two sets of tip ids."""
    together = len(set(first) | set(second))
    return len(set(first) & set(second)) / together if together else 0.0


def heirs(
    new: Mapping[int, Collection[str]], old: Mapping[str, Collection[str]], here: Collection[str]
) -> dict[int, str]:
    """Which old id each new group continues, one to one, the closest first.

    Tips that are not `here` any more do not count.
    """
    remaining = {name: set(tips) & set(here) for name, tips in old.items()}
    pairs = sorted(
        ((-alikeness(tips, kept), number, name) for number, tips in new.items() for name, kept in remaining.items())
    )
    found: dict[int, str] = {}
    for distance, number, name in pairs:
        if -distance >= SAME and number not in found and name not in found.values():
            found[number] = name
    return found


def refused_before(tips: Collection[str], refused: Iterable[Collection[str]]) -> bool:
    return any(alikeness(tips, group) >= REFUSED for group in refused)


def fresh_id(tips: Iterable[str], taken: Collection[str]) -> str:
    """An id made from the tips themselves, so that two machines that see the same board say the same."""
    seed = "\x00".join(sorted(tips))
    for turn in range(len(taken) + 1):
        made = hashlib.sha256(f"{turn}\x00{seed}".encode()).hexdigest()[:12]
        if made not in taken:
            return made
    raise AssertionError("more ids than turns")
