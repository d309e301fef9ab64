"""Between rounds: someone comes late, someone leaves. No more groups change than must."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .history import AVOID, History, Person
from .pairing import Report, pair
from .repair import STRANGER


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a latecomer goes: the groups that change, by number; the number after the last is a new group.

    `group` is the number of the latecomer's own, or None while they have to wait. `forced` as in `Pairing`.
    """

    group: int | None
    changed: dict[int, tuple[str, ...]]
    forced: list[Report]


@dataclass(frozen=True, slots=True)
class Loss:
    """What changes when people are gone: groups by number (an empty one is dissolved) and who has to wait."""

    changed: dict[int, tuple[str, ...]]
    waiting: tuple[str, ...]
    forced: list[Report]


def place_latecomer(
    late: Person,
    groups: Sequence[Sequence[str]],
    people: Mapping[str, Person],
    history: History,
    *,
    smallest: int = 2,
    largest: int = 3,
    mix_sides: bool = False,
    waiting: Collection[str] = (),
    near: int = 0,
) -> Placement:
    """A place for `late` in a round already drawn up; at most one of its groups changes.

    In this order: with someone who is `waiting`; into the smallest group with room, so a pair before a three; with
    one person borrowed from the largest group that can spare one. Failing that the same on the other side, or in a
    full group, because nobody stays alone while a group could take them. Among equals the group whose members have
    met the latecomer least, then the one nearest to number `near`. `groups` are those that may change (empty ones
    are passed over), `people` all in them and all waiting. `history` does not include this round.
    """
    ties = history.ties.get(late.id, STRANGER)
    options = []

    def offer(others: Sequence[str], number: int, changed: dict[int, tuple[str, ...]], *, lender: int = 0) -> None:
        tie = sum(ties.get(one, 0) for one in others)
        far = not mix_sides and all(people[one].remote != late.remote for one in others)
        full = len(others) >= largest or (lender > 0 and smallest > 2)
        at = min(changed)
        rank = far, full, tie >= AVOID, bool(lender), -lender or len(others), tie, abs(at - near), at
        options.append((rank, number, changed))

    for one in sorted(waiting):
        offer([one], len(groups), {len(groups): (one, late.id)})
    for number, group in enumerate(groups):
        if group:
            offer(group, number, {number: (*group, late.id)})
        if len(group) > max(2, smallest):
            lent = min(group, key=lambda one: (people[one].remote != late.remote, ties.get(one, 0), one))
            rest = tuple(one for one in group if one != lent)
            offer([lent], len(groups), {number: rest, len(groups): (lent, late.id)}, lender=len(group))
    if not options:
        return Placement(None, {}, [Report("alone", (late.id,), "Nobody else is here.")])
    rank, number, changed = min(options, key=lambda option: option[0])
    return Placement(number, changed, _broken(late.id, changed[number], ties, far=rank[0], full=rank[1]))


def after_loss(
    groups: Sequence[Sequence[str]],
    gone: Collection[str],
    people: Mapping[str, Person],
    history: History,
    *,
    smallest: int = 2,
    largest: int = 3,
    mix_sides: bool = False,
    waiting: Collection[str] = (),
    seed: int,
) -> Loss:
    """What to do when those in `gone` are no longer here; groups with two or more left stay together.

    Those left alone are grouped among themselves by `pair`, at the place of one of them. One who is then still alone,
    or the only one on a side, is placed like a latecomer, as near as can be. `people` holds everybody in `groups` and
    waiting.
    """
    after = [tuple(one for one in group if one not in gone) for group in groups]
    place = {group[0]: number for number, group in enumerate(after) if len(group) == 1}
    for number in place.values():
        after[number] = ()
    forced: list[Report] = []
    loose: list[str] = []
    for far in (False, True):
        alone = [people[one] for one in place if (people[one].remote and not mix_sides) == far]
        drawn = pair(alone, history, smallest=smallest, largest=largest, mix_sides=True, seed=seed)
        for group in drawn.groups:
            after[place[group[0]]] = group
        forced += [report for report in drawn.forced if report.rule != "alone"]
        loose += drawn.waiting
    still_waiting = [one for one in waiting if one not in gone]
    for one in loose:
        placement = place_latecomer(
            people[one],
            after,
            people,
            history,
            smallest=smallest,
            largest=largest,
            mix_sides=mix_sides,
            waiting=still_waiting,
            near=place[one],
        )
        if placement.group is None:
            still_waiting.append(one)
        after += [()] * (max(placement.changed, default=0) + 1 - len(after))
        for number, group in placement.changed.items():
            after[number] = group
            still_waiting = [other for other in still_waiting if other not in group]
        forced += placement.forced
    forced = [report for report in forced if report.rule != "alone" or report.ids[0] in still_waiting]
    before = [tuple(group) for group in groups] + [()] * (len(after) - len(groups))
    changed = {number: now for number, (was, now) in enumerate(zip(before, after, strict=True)) if was != now}
    return Loss(changed, tuple(still_waiting), forced)


def _broken(late: str, group: Sequence[str], ties: Mapping[str, int], *, far: bool, full: bool) -> list[Report]:
    forced = []
    if far:
        forced.append(Report("sides", (late,), "No group on this side could take anybody."))
    if full:
        forced.append(Report("size", tuple(group), "No group has room, and nobody is to be alone."))
    for one in group:
        if ties.get(one, 0) >= AVOID:
            forced.append(Report("avoided", (one, late), "No group without someone to be avoided has room."))
        elif ties.get(one, 0):
            forced.append(Report("met_again", (one, late), "No group with fewer repeats has room."))
    return forced
