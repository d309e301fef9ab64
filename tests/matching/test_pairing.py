"""Properties of a round, whatever came before it."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.matching.chance import Chance
from apps.matching.history import History, Person
from apps.matching.pairing import Pairing, pair
from apps.matching.plan import Plan
from apps.matching.repair import deal, repair, weight_of
from apps.matching.sizes import group_sizes, size_mixes

Groups = list[tuple[str, ...]]
properties = settings(deadline=None, max_examples=30)


@dataclass
class Evening:
    """What a round is drawn up from, in the plainest form, to check it against."""

    people: list[Person]
    rounds: list[Groups]
    avoid: list[tuple[str, str]]
    smallest: int
    largest: int
    mix_sides: bool
    seed: int

    def draw(self, plans: tuple[Plan, ...] = ()) -> Pairing:
        return pair(
            self.people,
            History.of(self.rounds, self.avoid),
            smallest=self.smallest,
            largest=self.largest,
            mix_sides=self.mix_sides,
            seed=self.seed,
            plans=plans,
        )

    def tied(self) -> set[frozenset[str]]:
        met = {frozenset(two) for groups in self.rounds for group in groups for two in combinations(group, 2)}
        return met | {frozenset(two) for two in self.avoid}


def pairs(groups: Groups) -> list[frozenset[str]]:
    return [frozenset(two) for group in groups for two in combinations(group, 2)]


@st.composite
def evenings(draw: st.DrawFn, most: int = 24, remote: bool = True) -> Evening:
    ids = [f"person{number}" for number in range(draw(st.integers(0, most)))]
    ever = [*ids, "left early", "left late"]
    rounds = []
    for _ in range(draw(st.integers(0, 4))):
        order, size = draw(st.permutations(ever)), draw(st.integers(2, 4))
        rounds.append([tuple(order[at : at + size]) for at in range(0, len(order), size)])
    smallest = draw(st.integers(2, 6))
    return Evening(
        people=[Person(one, remote and draw(st.booleans())) for one in ids],
        rounds=rounds,
        avoid=draw(st.lists(st.sampled_from(list(combinations(ever, 2))), max_size=most)),
        smallest=smallest,
        largest=draw(st.integers(smallest, 6)),
        mix_sides=draw(st.booleans()),
        seed=draw(st.integers(0, 2**256)),
    )


@properties
@given(evenings())
def test_everybody_is_in_exactly_one_group_and_nobody_alone_where_two_are(evening: Evening) -> None:
    drawn = evening.draw()
    seated = [one for group in drawn.groups for one in group]
    assert sorted([*seated, *drawn.waiting]) == sorted(person.id for person in evening.people)
    assert all(len(group) >= 2 for group in drawn.groups)
    assert len(drawn.waiting) == (1 if len(evening.people) == 1 else 0)


@properties
@given(evenings())
def test_sizes_are_within_one_and_leave_the_limits_only_where_no_division_keeps_them(evening: Evening) -> None:
    drawn = evening.draw()
    remote = {person.id for person in evening.people if person.remote}
    pools: dict[bool, list[int]] = {}
    for group in drawn.groups:
        mostly_remote = not evening.mix_sides and sum(one in remote for one in group) * 2 > len(group)
        pools.setdefault(mostly_remote, []).append(len(group))
    if not any(report.rule == "sides" for report in drawn.forced):
        for sizes in pools.values():
            people = sum(sizes)
            fits = any(
                count * evening.smallest <= people <= count * evening.largest for count in range(1, people // 2 + 1)
            )
            assert max(sizes) - min(sizes) <= 1
            assert fits == all(evening.smallest <= size <= evening.largest for size in sizes)
    outside = {group for group in drawn.groups if not evening.smallest <= len(group) <= evening.largest}
    assert {report.ids for report in drawn.forced if report.rule == "size"} == outside


@properties
@given(evenings())
def test_sides_are_kept_apart_unless_one_person_would_be_alone(evening: Evening) -> None:
    drawn = evening.draw()
    remote = {person.id for person in evening.people if person.remote}
    mixed = [group for group in drawn.groups if 0 < sum(one in remote for one in group) < len(group)]
    reported = [report.ids for report in drawn.forced if report.rule == "sides"]
    single = [side for side in (remote, {person.id for person in evening.people} - remote) if len(side) == 1]
    if evening.mix_sides:
        assert reported == []
    elif single and len(evening.people) > 1:
        assert len(mixed) == 1
        assert len(reported) == 1
        assert set(reported[0]) in single
    else:
        assert mixed == []
        assert reported == []


@properties
@given(evenings())
def test_every_repeat_is_counted_and_reported_by_name(evening: Evening) -> None:
    drawn = evening.draw()
    tied = evening.tied()
    avoid = {frozenset(two) for two in evening.avoid}
    again = [two for two in pairs(drawn.groups) if two in tied]
    assert drawn.repeats == len(again)
    assert drawn.unavoidable <= drawn.repeats
    reported = {rule: [frozenset(report.ids) for report in drawn.forced if report.rule == rule] for rule in RULES}
    assert sorted(map(sorted, reported["avoided"])) == sorted(sorted(two) for two in again if two in avoid)
    assert sorted(map(sorted, reported["met_again"])) == sorted(sorted(two) for two in again if two not in avoid)
    assert {report.rule for report in drawn.forced} <= RULES
    assert all(report.why.endswith(".") for report in drawn.forced)


RULES = {"avoided", "met_again", "sides", "size", "alone"}


@properties
@given(evenings(most=7, remote=False))
def test_few_people_get_the_very_best_round(evening: Evening) -> None:
    """Against every division there is: first no avoided pair in any allowed sizes, then the fewest repeats."""
    ids = [person.id for person in evening.people]
    if len(ids) < 2:
        return
    drawn = evening.draw()
    avoid, tied = {frozenset(two) for two in evening.avoid}, evening.tied()
    mixes = size_mixes(len(ids), evening.smallest, evening.largest)
    fewest_avoided = [
        min(sum(two in avoid for two in pairs(groups)) for groups in divisions(ids, sizes)) for sizes in mixes
    ]
    assert sum(two in avoid for two in pairs(drawn.groups)) == min(fewest_avoided)
    if not avoid:
        sizes = sorted(map(len, drawn.groups), reverse=True)
        assert sizes == mixes[0]
        fewest = min(sum(two in tied for two in pairs(groups)) for groups in divisions(ids, sizes))
        assert drawn.unavoidable == drawn.repeats == fewest


def divisions(ids: list[str], sizes: list[int]) -> Iterator[Groups]:
    if not sizes:
        yield []
        return
    for size in set(sizes):
        rest = list(sizes)
        rest.remove(size)
        for mates in combinations(ids[1:], size - 1):
            group = (ids[0], *mates)
            for groups in divisions([one for one in ids if one not in group], rest):
                yield [group, *groups]


@properties
@given(evenings(), st.randoms(use_true_random=False))
def test_the_seed_and_the_input_are_all_there_is(evening: Evening, random) -> None:
    first = evening.draw()
    random.shuffle(evening.people)
    for groups in evening.rounds:
        random.shuffle(groups)
    random.shuffle(evening.avoid)
    assert evening.draw() == first


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


@properties
@given(evenings(most=40, remote=False))
def test_repair_keeps_the_people_and_says_what_the_groups_weigh(evening: Evening) -> None:
    ids = [person.id for person in evening.people]
    if not ids:
        return
    history = History.of(evening.rounds, evening.avoid)
    sizes = group_sizes(len(ids), evening.smallest, evening.largest)
    groups = deal(ids, sizes, history.short, Chance(evening.seed))
    before = sum(weight_of(group, history.ties) for group in groups)
    after = repair(groups, history.ties, Chance(evening.seed))
    assert after == sum(weight_of(group, history.ties) for group in groups) <= before
    assert sorted(one for group in groups for one in group) == sorted(ids)
    assert [len(group) for group in groups] == sizes
