"""People who come late and people who leave, between two rounds."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.matching.history import History, Person
from apps.matching.latecomers import Placement, after_loss, place_latecomer
from apps.matching.pairing import pair

STRANGERS = History()


def everybody(*groups: tuple[str, ...], remote: str = "") -> dict[str, Person]:
    """One person for each letter, those in `remote` remote; Zoe is the latecomer."""
    ids = [one for group in groups for one in group] + ["zoe"]
    return {one: Person(one, one in remote.split()) for one in ids}


def place(groups: list[tuple[str, ...]], history: History = STRANGERS, remote: str = "", **options) -> Placement:
    waiting = options.get("waiting", ())
    people = everybody(*groups, tuple(waiting), remote=remote)
    return place_latecomer(people["zoe"], groups, people, history, **options)


def test_into_a_pair_first() -> None:
    placed = place([("a", "b", "c"), ("d", "e"), ("f", "g", "h")])
    assert placed == Placement(1, {1: ("d", "e", "zoe")}, [])


def test_into_the_pair_that_is_new_to_them() -> None:
    met = History.of([[("zoe", "a")]])
    assert place([("a", "b"), ("d", "e")], met).changed == {1: ("d", "e", "zoe")}


def test_into_the_nearest_of_equal_pairs() -> None:
    groups = [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")]
    assert place(groups, near=2).group == 2


def test_with_somebody_who_waits() -> None:
    placed = place([("a", "b")], waiting=["c"])
    assert placed == Placement(1, {1: ("c", "zoe")}, [])


def test_borrows_from_a_three_where_there_is_no_pair() -> None:
    met = History.of([[("zoe", "a"), ("zoe", "b"), ("zoe", "d"), ("zoe", "e"), ("zoe", "f")]])
    placed = place([("a", "b", "c"), ("d", "e", "f")], met)
    assert placed == Placement(2, {0: ("a", "b"), 2: ("c", "zoe")}, [])


def test_borrows_rather_than_sit_with_somebody_to_be_avoided() -> None:
    avoid = History.of(avoid=[("zoe", "d")])
    assert place([("a", "b", "c"), ("d", "e")], avoid).changed == {0: ("b", "c"), 2: ("a", "zoe")}


def test_joins_a_three_where_fours_are_allowed() -> None:
    assert place([("a", "b", "c")], largest=4).changed == {0: ("a", "b", "c", "zoe")}


def test_on_their_own_side() -> None:
    placed = place([("a", "b"), ("c", "d", "e")], remote="c d e zoe")
    assert placed.group == 2
    assert placed.changed == {1: ("d", "e"), 2: ("c", "zoe")}


def test_on_the_other_side_rather_than_alone() -> None:
    placed = place([("a", "b")], remote="zoe")
    assert placed.changed == {0: ("a", "b", "zoe")}
    assert [(report.rule, report.ids) for report in placed.forced] == [("sides", ("zoe",))]
    assert place([("a", "b")], remote="zoe", mix_sides=True).forced == []


def test_into_a_full_group_rather_than_alone() -> None:
    placed = place([("a", "b"), ("c", "d")], largest=2)
    assert placed.changed == {0: ("a", "b", "zoe")}
    assert [report.rule for report in placed.forced] == ["size"]


def test_waits_where_nobody_is() -> None:
    placed = place([(), ()])
    assert (placed.group, placed.changed) == (None, {})
    assert [report.rule for report in placed.forced] == ["alone"]


def test_sitting_with_somebody_known_is_reported() -> None:
    known = History.of([[("zoe", "a")]], avoid=[("zoe", "b")])
    rules = [(report.rule, report.ids) for report in place([("a", "b")], known).forced]
    assert rules == [("met_again", ("a", "zoe")), ("avoided", ("b", "zoe"))]


def test_whole_groups_and_pairs_that_are_left_stay_as_they_are() -> None:
    groups = [("a", "b", "c"), ("d", "e", "f"), ("g", "h")]
    lost = after_loss(groups, {"f"}, everybody(*groups), STRANGERS, seed=1)
    assert (lost.changed, lost.waiting, lost.forced) == ({1: ("d", "e")}, (), [])


def test_one_left_alone_goes_to_the_nearest_pair() -> None:
    groups = [("a", "b"), ("c", "d", "e"), ("f", "g"), ("h", "i"), ("j", "k")]
    lost = after_loss(groups, {"g"}, everybody(*groups), STRANGERS, seed=1)
    assert lost.changed == {2: (), 3: ("h", "i", "f")}


def test_two_left_alone_come_together_where_one_of_them_stands() -> None:
    groups = [("a", "b"), ("c", "d", "e"), ("f", "g")]
    lost = after_loss(groups, {"b", "g"}, everybody(*groups), STRANGERS, seed=1)
    assert sorted(map(sorted, lost.changed.values())) == [[], ["a", "f"]]
    assert set(lost.changed) == {0, 2}


def test_one_left_alone_takes_somebody_who_waits() -> None:
    groups = [("a", "b"), ("c", "d", "e")]
    people = everybody(*groups, ("w",))
    lost = after_loss(groups, {"b"}, people, STRANGERS, waiting=["w"], seed=1)
    assert (lost.changed, lost.waiting) == ({0: (), 2: ("w", "a")}, ())


def test_one_left_alone_on_each_side_come_together() -> None:
    groups = [("a", "b"), ("c", "d")]
    lost = after_loss(groups, {"b", "d"}, everybody(*groups, remote="c d"), STRANGERS, seed=1)
    assert (lost.changed, lost.waiting) == ({0: (), 1: (), 2: ("a", "c")}, ())
    assert [report.rule for report in lost.forced] == ["sides"]


def test_one_left_alone_joins_the_two_left_alone_on_the_other_side() -> None:
    groups = [("a", "b"), ("c", "d"), ("e", "f")]
    lost = after_loss(groups, {"b", "d", "f"}, everybody(*groups, remote="c d e f"), STRANGERS, seed=1)
    assert sorted(map(sorted, lost.changed.values())) == [[], [], ["a", "c", "e"]]
    assert [(report.rule, report.ids) for report in lost.forced] == [("sides", ("a",))]


def test_the_last_one_waits() -> None:
    groups = [("a", "b")]
    lost = after_loss(groups, {"b"}, everybody(*groups), STRANGERS, seed=1)
    assert (lost.changed, lost.waiting) == ({0: ()}, ("a",))
    assert [report.rule for report in lost.forced] == ["alone"]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[dict[str, Person], list[tuple[str, ...]], History, bool]:
    ids = [f"person{at:02}" for at in range(draw(st.integers(2, 20)))]
    people = {one: Person(one, draw(st.booleans())) for one in ids}
    rounds = [[tuple(draw(st.permutations(ids))[:3])] for _ in range(draw(st.integers(0, 6)))]
    avoid = draw(st.lists(st.sampled_from(list(combinations(ids, 2))), max_size=10))
    history, mix_sides = History.of(rounds, avoid), draw(st.booleans())
    groups = pair(people.values(), history, mix_sides=mix_sides, seed=draw(st.integers(0, 99))).groups
    return people, groups, history, mix_sides


@settings(deadline=None)
@given(rooms(), st.booleans())
def test_a_latecomer_is_never_alone_and_changes_one_group_at_most(room, remote: bool) -> None:
    people, groups, history, mix_sides = room
    late = Person("zoe", remote)
    placed = place_latecomer(late, groups, people, history, mix_sides=mix_sides)
    after = dict(enumerate(groups)) | placed.changed
    assert "zoe" in after[placed.group]
    assert sorted(one for group in after.values() for one in group) == sorted([*people, "zoe"])
    assert all(2 <= len(group) <= 3 for group in after.values())
    assert len(placed.changed.keys() & set(range(len(groups)))) <= 1


@settings(deadline=None)
@given(rooms(), st.data())
def test_after_a_loss_nobody_is_alone_where_two_are_and_whole_groups_stay(room, data: st.DataObject) -> None:
    people, groups, history, mix_sides = room
    gone = set(data.draw(st.lists(st.sampled_from(sorted(people)), unique=True)))
    lost = after_loss(groups, gone, people, history, mix_sides=mix_sides, seed=data.draw(st.integers(0, 99)))
    after = [group for group in (dict(enumerate(groups)) | lost.changed).values() if group]
    assert sorted([*(one for group in after for one in group), *lost.waiting]) == sorted(people.keys() - gone)
    assert all(len(group) >= 2 for group in after)
    assert len(lost.waiting) == (1 if len(people.keys() - gone) == 1 else 0)
    alone = {one for group in groups for one in group if len(set(group) - gone) == 1}
    touched = [number for number in lost.changed if number < len(groups) and not gone.intersection(groups[number])]
    assert len(touched) <= len(alone - gone)
    if not gone:
        assert lost.changed == {}
