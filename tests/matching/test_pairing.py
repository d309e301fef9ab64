"""Rounds of few people and of many, seeds, plans, sizes and histories: what each must come to."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from apps.matching.chance import Chance
from apps.matching.history import History, Person
from apps.matching.pairing import Pairing, pair
from apps.matching.plan import Plan
from apps.matching.repair import deal
from apps.matching.sizes import group_sizes

from .test_properties import Groups, pairs


def test_the_same_seed_gives_the_same_groups_in_another_process() -> None:
    program = (
        "from apps.matching.pairing import *\n"
        "people = [Person(f'person{n}', n % 3 == 0) for n in range(40)]\n"
        "rounds, plans = [], ()\n"
        "for seed in range(6):\n"
        "    drawn = pair(people[seed:], History.of(rounds, [('person9', 'person12')]), seed=seed, plans=plans)\n"
        "    rounds.append(drawn.groups); plans = drawn.plans\n"
        "print(rounds)\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_another_seed_gives_other_groups() -> None:
    people = [Person(f"person{number}") for number in range(30)]
    drawn = [pair(people, History(), seed=seed) for seed in range(50)]
    assert len({frozenset(map(frozenset, one.groups)) for one in drawn}) == 50


def test_everybody_is_as_likely_to_sit_with_anybody() -> None:
    """Ada's mates over 3,000 seeds: each of 11 others 545 times, give or take five standard deviations of 21."""
    people = [Person(f"person{number:02}") for number in range(12)]
    count = dict.fromkeys((person.id for person in people[1:]), 0)
    for seed in range(3000):
        for group in pair(people, History(), seed=seed).groups:
            if "person00" in group:
                for one in set(group) - {"person00"}:
                    count[one] += 1
    assert sum(count.values()) == 6000
    assert all(440 < times < 650 for times in count.values()), count


def test_nobody_one_and_two() -> None:
    ada, ben = Person("ada"), Person("ben", remote=True)
    assert pair([], History(), seed=1) == Pairing([], 0, 0, [])
    alone = pair([ada], History(), seed=1)
    assert (alone.groups, alone.waiting) == ([], ("ada",))
    assert [report.rule for report in alone.forced] == ["alone"]
    both = pair([ada, ben], History(), seed=1)
    assert [set(group) for group in both.groups] == [{"ada", "ben"}]
    assert [report.rule for report in both.forced] == ["sides"]
    assert pair([ada, ben], History(), seed=1, mix_sides=True).forced == []


@pytest.mark.parametrize("number", [2, 3, 7, 12, 25, 60, 200])
def test_everybody_to_be_avoided_still_sits_with_somebody(number: int) -> None:
    ids = [f"person{at}" for at in range(number)]
    drawn = pair(map(Person, ids), History.of(avoid=combinations(ids, 2)), seed=3)
    assert sorted(map(len, drawn.groups)) == sorted(group_sizes(number))
    assert drawn.repeats == drawn.unavoidable == len(drawn.forced) == len(pairs(drawn.groups))
    assert {report.rule for report in drawn.forced} == {"avoided"}
    assert {report.why for report in drawn.forced} == {"One of them has nobody new left here."}


@pytest.mark.parametrize("number", [2, 3, 7, 12, 25, 60])
def test_where_everybody_has_met_the_most_often_met_are_kept_apart(number: int) -> None:
    ids = [f"person{at}" for at in range(number)]
    everybody = [[two] for two in combinations(ids, 2)]
    often = [[(ids[0], other)] for other in ids[1:-1]] if number > 3 else []
    drawn = pair(map(Person, ids), History.of(everybody + often), seed=3, smallest=2, largest=2)
    assert drawn.repeats == drawn.unavoidable == len(pairs(drawn.groups))
    mates = next(group for group in drawn.groups if ids[0] in group)
    assert ids[-1] in mates


def test_pairs_instead_of_threes_where_only_they_keep_people_apart() -> None:
    """Two circles of friends, three in each: one from each side, three times."""
    friends = [*combinations(("ada", "ben", "zoe"), 2), *combinations(("hana", "mo", "ida"), 2)]
    people = [Person(one) for one in ("ada", "ben", "zoe", "hana", "mo", "ida")]
    drawn = pair(people, History.of(avoid=friends), seed=5)
    assert sorted(map(len, drawn.groups)) == [2, 2, 2]
    assert (drawn.repeats, drawn.forced) == (0, [])


def test_a_plan_for_so_many_rounds_gives_way_when_somebody_has_left() -> None:
    """Six of them were planned for five rounds; for the five who stay, what it allowed is more than need be."""
    six = [Person(one) for one in "abcdef"]
    for seed in range(60):
        history, plans = History.of(), ()
        for number in range(5):
            people = six if number < 2 else six[:-1]
            drawn = pair(people, history, seed=100 * seed + number, plans=plans, rounds_left=5 - number)
            assert number < 2 or drawn.repeats == drawn.unavoidable
            history, plans = history.and_then([drawn.groups]), drawn.plans


def test_what_is_unavoidable_counts_pairs_and_not_their_weight() -> None:
    """One pair both met and to be avoided weighs as much as one pair met and another to be avoided, but is one."""
    people = [Person(one) for one in ("ada", "ben", "mo", "zoe")]
    history = History.of(
        [[("mo", "zoe")], [("ada", "mo")]],
        [("ada", "ben"), ("ada", "mo"), ("ada", "zoe"), ("ben", "mo")],
    )
    for seed in range(20):
        drawn = pair(people, history, seed=seed)
        assert drawn.unavoidable == 1
        assert drawn.repeats in (1, 2)


def test_short_groups_go_round() -> None:
    """Eleven people, two of whom sit in a pair each time: in five rounds ten different ones."""
    ids = [f"person{at:02}" for at in range(11)]
    rounds: list[list[list[str]]] = []
    for _ in range(5):
        history = History.of(rounds)
        rounds.append(deal(ids, group_sizes(11), history.short, Chance(len(rounds))))
    assert len({one for groups in rounds for group in groups if len(group) == 2 for one in group}) == 10


def test_the_plan_outlives_people_coming_and_going() -> None:
    """Fifteen people, seven rounds without a repeat if all stay: one leaves, one comes, and all seven still are."""
    people = [Person(f"person{at:02}") for at in range(15)]
    rounds: list[Groups] = []
    plans: tuple[Plan, ...] = ()
    for number in range(7):
        if number == 2:
            people = people[1:]
        if number == 4:
            people = [*people, Person("late")]
        drawn = pair(people, History.of(rounds), seed=number, plans=plans)
        assert drawn.repeats == 0
        assert sorted(map(len, drawn.groups)) == sorted(group_sizes(len(people)))
        rounds, plans = [*rounds, drawn.groups], drawn.plans
    assert plans[0].used == tuple(plans[0].used)
    assert len(set(plans[0].used)) == 7


@pytest.mark.parametrize("seed", range(5))
def test_a_planned_round_is_passed_over_for_those_who_met_outside_the_plan(seed: int) -> None:
    """Three who were put together by hand spoil three of eight rounds at most; the other five come first."""
    people = [Person(f"person{at:02}") for at in range(18)]
    drawn = pair(people, History(), seed=seed, rounds_left=8)
    rounds = [drawn.groups, [("person00", "person01", "person02")]]
    for number in range(4):
        drawn = pair(people, History.of(rounds), seed=100 * seed + number, plans=drawn.plans)
        assert drawn.repeats == 0
        rounds.append(drawn.groups)


def test_a_shuffle_gives_every_order() -> None:
    orders = {tuple(Chance(seed).shuffle([1, 2, 3])) for seed in range(60)}
    assert len(orders) == 6


@pytest.mark.parametrize(
    ("people", "smallest", "largest", "sizes"),
    [
        (0, 2, 3, []),
        (1, 2, 3, [1]),
        (2, 2, 3, [2]),
        (4, 2, 3, [2, 2]),
        (5, 2, 3, [3, 2]),
        (7, 2, 3, [3, 2, 2]),
        (7, 3, 4, [4, 3]),
        (7, 2, 2, [3, 2, 2]),
        (5, 4, 4, [5]),
        (11, 4, 6, [6, 5]),
        (11, 2, 6, [3, 3, 3, 2]),
        (3, 6, 6, [3]),
    ],
)
def test_sizes(people: int, smallest: int, largest: int, sizes: list[int]) -> None:
    assert group_sizes(people, smallest, largest) == sizes


def test_nonsense_is_refused() -> None:
    ada = Person("ada")
    with pytest.raises(ValueError, match="twice"):
        pair([ada, ada], History(), seed=1)
    for smallest, largest in ((1, 3), (4, 3)):
        with pytest.raises(ValueError, match="group sizes"):
            pair([ada], History(), smallest=smallest, largest=largest, seed=1)


def test_history_is_the_same_in_one_go_or_bit_by_bit() -> None:
    rounds = [[("ada", "ben", "mo"), ("hana", "zoe")], [("ada", "ben"), ("hana", "zoe", "mo")]]
    whole = History.of(rounds, [("ada", "zoe"), ("zoe", "ada"), ("ada", "ben")])
    bits = History.of(rounds[:1], [("ben", "ada")]).and_then(rounds[1:], [("zoe", "ada")])
    assert whole == bits
    assert whole.digest() == bits.digest() != History.of(rounds).digest()
    assert whole.short == {"hana": 1, "zoe": 1, "ada": 1, "ben": 1}
