"""Properties of a round, whatever came before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

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
