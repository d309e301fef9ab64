"""The draw is fair, the same for everybody who computes it, and cannot be bent afterwards."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bowl import drawing
from apps.bowl.drawing import Waiting

NAMES = st.lists(st.text("abc é😀", min_size=1, max_size=8), min_size=1, max_size=12)


@given(NAMES, st.integers(1, 10**6), st.text("ab1", max_size=8))
def test_a_draw_is_the_same_for_everybody(names: list[str], number: int, beacon: str) -> None:
    seed = drawing.new_seed()
    digests = [drawing.slip_digest(drawing.new_salt(), name) for name in names]
    shuffled = random.sample(digests, len(digests))
    drawn = drawing.pick(seed, drawing.freeze(digests), number, beacon)
    assert drawn in digests
    assert drawing.pick(seed, drawing.freeze(shuffled), number, beacon) == drawn


def test_known_answers_do_not_change() -> None:
    """Proofs are kept by people: what version 1 computes is fixed for ever."""
    seed = "00" * 32
    frozen = drawing.freeze(drawing.slip_digest("11" * 16, name) for name in ("Ada", "Ben", "Zoe"))
    assert drawing.commitment(seed) == "db5986b65a60ef2afda35197d3a67c2e24d2d70bccc8165340a80476c819683c"
    assert frozen.hash == "35053bb94543385467db473ebf09564cd01f710129632a0c0afaf2df4ebc8325"
    assert drawing.pick(seed, frozen, 1, "beacon") == drawing.slip_digest("11" * 16, "Ben")


def test_nobody_can_try_names_against_a_digest() -> None:
    salts = {drawing.new_salt() for _ in range(1000)}
    assert len(salts) == 1000
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
    assert len({drawing.slip_digest(salt, "Ada") for salt in salts}) == 1000
    assert len(bytes.fromhex(drawing.new_seed())) == 32


def test_a_part_with_a_line_break_could_pass_for_two() -> None:
    assert drawing.joined("a", "b") != drawing.joined("b", "a")
    with pytest.raises(ValueError, match="line break"):
        drawing.slip_digest("a\nb", "c")


def test_a_slip_after_the_freeze_changes_nothing() -> None:
    slips = [drawing.slip_digest(drawing.new_salt(), name) for name in ("Ada", "Ben")]
    frozen = drawing.freeze(slips)
    slips.append(drawing.slip_digest(drawing.new_salt(), "Zoe"))
    assert len(frozen.digests) == 2
    assert drawing.freeze(frozen.digests) == frozen


def test_an_empty_bowl_draws_nothing() -> None:
    with pytest.raises(ValueError, match="nothing in the bowl"):
        drawing.pick(drawing.new_seed(), drawing.freeze([]), 1, "")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 2**31 + 1])
def test_a_number_that_would_favour_some_is_rejected(size: int) -> None:
    limit = drawing.WORD - drawing.WORD % size
    assert drawing.first_fair([*range(limit, min(limit + 3, drawing.WORD)), 5], size) == 5 % size
    assert drawing.first_fair([limit - 1, 5], size) == size - 1


@pytest.mark.parametrize("size", range(1, 17))
def test_every_slip_has_exactly_the_same_chance(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All numbers there are, were there only sixteen: those that are not rejected hit every index equally often."""
    monkeypatch.setattr(drawing, "WORD", 16)
    hits = [drawing.first_fair([number, 16], size) for number in range(16) if number < 16 - 16 % size]
    assert [hits.count(index) for index in range(size)] == [16 // size] * size
    for number in range(16 - 16 % size, 16):
        assert [drawing.first_fair([number, again], size) for again in range(16 - 16 % size)] == hits


def test_ten_thousand_draws_are_uniform() -> None:
    assert_uniform(10_000)


@pytest.mark.slow
def test_a_million_draws_are_uniform() -> None:
    assert_uniform(1_000_000)


def assert_uniform(draws: int) -> None:
    """Chi-square over 7 slips at 6 degrees of freedom; the seed is fixed, so this either holds or it does not."""
    frozen = drawing.freeze(drawing.slip_digest(f"{number:032x}", "Ada") for number in range(7))
    counts = dict.fromkeys(frozen.digests, 0)
    for number in range(draws):
        counts[drawing.pick("5a" * 32, frozen, number, "")] += 1
    expected = draws / 7
    chi_square = math.fsum((count - expected) ** 2 / expected for count in counts.values())
    assert chi_square < 22.46  # p = .001


def test_the_order_of_who_may_be_drawn() -> None:
    fresh, told, passed = Waiting("a"), Waiting("b", told_elsewhere=True), Waiting("c", returned=True)
    assert drawing.eligible([passed, told, fresh]) == ["a"]
    assert drawing.eligible([passed, told]) == ["b"]
    assert drawing.eligible([passed]) == ["c"]
    assert drawing.eligible([]) == []
