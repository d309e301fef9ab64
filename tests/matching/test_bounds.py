"""Against what is known: `bounds.csv` has, for 4 to 60 people who all stay and 1 to 12 rounds of threes (pairs where
it does not divide), the least number of repeats there can be and the least anybody has found. Two cells are open."""

import csv
from collections import defaultdict
from functools import cache
from itertools import combinations
from math import ceil
from pathlib import Path
from random import Random

import pytest

from apps.matching.bounds import at_most_fresh, counted_repeats, surely_fresh
from apps.matching.history import History, Person
from apps.matching.pairing import Pairing, pair
from apps.matching.plan import Plan
from apps.matching.schedules import LARGEST, allowances, best_sequence, sequences
from apps.matching.sizes import group_sizes

PEOPLE = range(4, 61)
ROUNDS = range(1, 13)
OPEN = {(12, 6), (19, 10)}


@cache
def table() -> dict[tuple[int, int], tuple[int, int]]:
    with Path(__file__).with_name("bounds.csv").open() as lines:
        return {
            (int(row["people"]), int(row["rounds"])): (int(row["bound"]), int(row["best_known"]))
            for row in csv.DictReader(lines)
        }


def meetings(rounds: list[list[tuple[str, ...]]]) -> int:
    return sum(len(group) * (len(group) - 1) // 2 for groups in rounds for group in groups)


def distinct(rounds: list[list[tuple[str, ...]]]) -> int:
    return len({frozenset(two) for groups in rounds for group in groups for two in combinations(group, 2)})


def evening(number: int, rounds: int, seed: int, *, told: bool = True) -> list[Pairing]:
    """All rounds of an evening on which everybody stays; `told` how many there will be."""
    people = [Person(f"person{at:02}") for at in range(number)]
    random = Random(f"{number} {rounds} {seed}")
    history, plans, drawn = History(), (), []
    for at in range(rounds):
        left = rounds - at if told else None
        drawn.append(pair(people, history, seed=random.getrandbits(256), plans=plans, rounds_left=left))
        history, plans = history.and_then([drawn[-1].groups]), drawn[-1].plans
    return drawn


def total(drawn: list[Pairing]) -> int:
    """Repeats, counted from the groups alone."""
    groups = [one.groups for one in drawn]
    return meetings(groups) - distinct(groups)


def test_the_table_is_whole() -> None:
    assert set(table()) == {(number, rounds) for number in PEOPLE for rounds in ROUNDS}
    assert {cell for cell, (bound, best) in table().items() if bound != best} == OPEN
    for (number, rounds), (bound, _) in table().items():
        slots = rounds * sum(size * (size - 1) // 2 for size in group_sizes(number))
        assert bound >= max(0, slots - number * (number - 1) // 2)


def cells(number: int) -> list[int]:
    """All numbers of rounds, or only the last one where even that has no repeat."""
    return list(ROUNDS) if table()[number, ROUNDS[-1]][1] else [ROUNDS[-1]]


@pytest.mark.parametrize("number", PEOPLE)
def test_no_more_repeats_than_must_be_over_the_rounds_there_will_be(number: int) -> None:
    got = {rounds: total(evening(number, rounds, seed=1)) for rounds in cells(number)}
    assert got == {rounds: table()[number, rounds][1] for rounds in cells(number)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 7))
@pytest.mark.parametrize("number", PEOPLE)
def test_no_more_repeats_than_must_be_in_any_cell_for_any_seed(number: int, seed: int) -> None:
    got = {rounds: total(evening(number, rounds, seed)) for rounds in ROUNDS}
    assert got == {rounds: table()[number, rounds][1] for rounds in ROUNDS}


@pytest.mark.parametrize("number", PEOPLE)
def test_not_told_how_many_rounds_there_will_be_repeats_come_as_late_as_can_be(number: int) -> None:
    clean = sum(table()[number, rounds][1] == 0 for rounds in ROUNDS)
    drawn = evening(number, clean + 1 if clean < 12 else 12, seed=1, told=False)
    assert [one.repeats for one in drawn][:clean] == [0] * clean
    assert all(one.repeats for one in drawn[clean:])
    assert all(one.unavoidable for one in drawn[clean:])


@pytest.mark.parametrize("number", range(4, 13))
def test_a_dozen_people_never_have_an_avoidable_repeat(number: int) -> None:
    """Not told how many rounds there will be, each is the best there is after those before."""
    assert all(one.repeats == one.unavoidable for one in evening(number, 12, seed=2, told=False))


def churned(number: int, seed: int, rounds: int = 12) -> list[tuple[Pairing, bool, int]]:
    """An evening on which before each round 5 % leave and as many arrive; 3 % of all pairs are to be avoided.

    Each round with whether it is certified to need no repeat, and its repeats, both counted from the groups alone.
    """
    random = Random(f"churn {number} {seed}")
    here: list[str] = []
    ever: list[str] = []
    avoid: list[tuple[str, str]] = []
    tied: dict[str, set[str]] = defaultdict(set)
    past: list[list[tuple[str, ...]]] = []
    plans: tuple[Plan, ...] = ()
    drawn = []
    for at in range(rounds):
        here = [one for one in here if random.random() >= 0.05]
        for _ in range(sum(random.random() < 0.05 for _ in range(number)) if at else number):
            newcomer = f"person{len(ever):03}"
            for one in ever:
                if random.random() < 0.03:
                    avoid.append((one, newcomer))
                    tied[one].add(newcomer)
                    tied[newcomer].add(one)
            here.append(newcomer)
            ever.append(newcomer)
        one = pair(map(Person, here), History.of(past, avoid), seed=random.getrandbits(256), plans=plans)
        most_ties = max(len(tied[person].intersection(here)) for person in here)
        pairs = [two for group in one.groups for two in combinations(group, 2)]
        drawn.append((one, most_ties + 1 <= ceil(len(here) / 3), sum(b in tied[a] for a, b in pairs)))
        for a, b in pairs:
            tied[a].add(b)
            tied[b].add(a)
        past.append(one.groups)
        plans = one.plans
    return drawn


def check_churned(number: int, seed: int) -> None:
    rounds = churned(number, seed)
    assert [one.repeats for one, _, _ in rounds] == [repeats for _, _, repeats in rounds]
    assert [repeats for _, certified, repeats in rounds if certified] == [0] * sum(
        certified for _, certified, _ in rounds
    )
    assert not any(report.rule == "avoided" for one, _, _ in rounds for report in one.forced)
    assert all(one.unavoidable <= one.repeats for one, _, _ in rounds)
    if number > 36:
        assert sum(repeats for _, _, repeats in rounds) == 0


@pytest.mark.parametrize("number", [12, 18, 24, 30, 37, 45, 60, 90, 200])
def test_people_come_and_go_and_nobody_meets_again_where_that_is_certified(number: int) -> None:
    check_churned(number, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 7))
@pytest.mark.parametrize("number", [*range(12, 61, 3), 100, 200, 400])
def test_people_come_and_go_on_many_evenings(number: int, seed: int) -> None:
    check_churned(number, seed)


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("seats", range(2, LARGEST + 1))
def test_stored_rounds_hold_everybody_in_the_wanted_sizes(seats: int, size: int) -> None:
    sizes = group_sizes(seats, 2, size)
    for at, rounds in enumerate(sequences(seats, size)):
        for groups in rounds:
            assert sorted(seat for group in groups for seat in group) == list(range(seats))
            assert sorted(map(len, groups), reverse=True) == sizes
        named = [[tuple(map(str, group)) for group in groups] for groups in rounds]
        assert sum(allowances(seats, size, at)) == meetings(named) - distinct(named)
    if size == 3 and seats >= 4:
        assert best_sequence(seats, size, None) == 0


def test_pairs_last_until_everybody_has_met_everybody() -> None:
    for seats in range(2, LARGEST + 1, 2):
        (rounds,) = sequences(seats, 2)
        assert len(rounds) == seats - 1
        assert allowances(seats, 2, 0) == [0] * len(rounds)


def test_what_is_certified_is_drawn_and_what_is_bounded_is_kept() -> None:
    """For random histories: a certified round has no repeat, and none has fewer repeats than the bound says."""
    random = Random(7)
    certified = 0
    for _ in range(60):
        number = random.randrange(4, 40)
        ids = [f"person{at:02}" for at in range(number)]
        past = []
        for _ in range(random.randrange(6)):
            random.shuffle(ids)
            past.append([tuple(ids[at : at + 3]) for at in range(0, number, 3)])
        history, sizes = History.of(past), group_sizes(number)
        drawn = pair(map(Person, ids), history, seed=random.getrandbits(256))
        sure, most = surely_fresh(ids, sizes, history.ties), at_most_fresh(ids, sizes, history.ties)
        assert sure <= most
        if sure:
            certified += 1
            assert drawn.repeats == 0
        if not most:
            assert drawn.repeats > 0
        assert counted_repeats(ids, sizes, history.ties) <= drawn.unavoidable <= drawn.repeats
    assert certified > 10


def test_the_bound_knows_that_a_three_joins_one_pair_of_a_perfect_matching() -> None:
    """18 people of whom each has one stranger left: six threes hold six of the nine pairs, so that twelve repeat."""
    ids = [f"person{at:02}" for at in range(18)]
    strangers = {frozenset(ids[at : at + 2]) for at in range(0, 18, 2)}
    met = History.of([[two] for two in combinations(ids, 2) if frozenset(two) not in strangers])
    assert counted_repeats(ids, group_sizes(18), met.ties) == 12
    assert pair(map(Person, ids), met, seed=1).repeats == 12
