"""What hosts are told before the next round."""

from itertools import combinations

import pytest

from apps.matching.history import History, Person
from apps.matching.outlook import FreshRounds, fresh_rounds_left
from apps.matching.pairing import pair


def crowd(number: int, remote: int = 0) -> list[Person]:
    return [Person(f"person{at:04}", at < remote) for at in range(number)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, FreshRounds(0, 0, None)),
        (1, FreshRounds(0, 0, None)),
        (2, FreshRounds(1, 1, 1)),
        (3, FreshRounds(1, 1, 1)),
        (6, FreshRounds(1, 1, 5)),
        (12, FreshRounds(4, 4, 11)),
        (13, FreshRounds(7, 7, 8)),
        (24, FreshRounds(11, 11, 12)),
        (37, FreshRounds(12, None, None)),
        (5000, FreshRounds(12, None, None)),
    ],
)
def test_before_the_first_round(number: int, expected: FreshRounds) -> None:
    left = fresh_rounds_left(crowd(number), History())
    assert left.at_least == expected.at_least
    assert left.at_most == expected.at_most
    if number % 2 == 0:
        assert left.in_pairs == expected.in_pairs


def test_six_people_after_their_only_round_of_threes_have_three_rounds_of_pairs() -> None:
    people = crowd(6)
    drawn = pair(people, History(), seed=4)
    left = fresh_rounds_left(people, History.of([drawn.groups]), plans=drawn.plans)
    assert left == FreshRounds(0, 0, 3)


def test_the_smaller_side_decides() -> None:
    assert fresh_rounds_left(crowd(40, remote=8), History()).at_least == 4
    assert fresh_rounds_left(crowd(40, remote=8), History(), mix_sides=True).at_least == 12


def test_what_is_promised_is_kept_round_after_round() -> None:
    people, rounds, plans = crowd(18), [], ()
    for left in range(8, 0, -1):
        outlook = fresh_rounds_left(people, History.of(rounds), plans=plans)
        assert outlook.at_least == left
        drawn = pair(people, History.of(rounds), seed=left, plans=plans)
        assert drawn.repeats == 0
        rounds, plans = [*rounds, drawn.groups], drawn.plans
    assert fresh_rounds_left(people, History.of(rounds), plans=plans).at_least == 0


def test_nothing_is_left_where_everybody_is_to_be_avoided() -> None:
    people = crowd(9)
    avoid = History.of(avoid=combinations([person.id for person in people], 2))
    assert fresh_rounds_left(people, avoid) == FreshRounds(0, 0, 0)
