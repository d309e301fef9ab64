"""An honest proof holds; whatever is bent in one is found."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bowl.proof import check

from .bendings import BENDINGS, bent
from .histories import Proof, history


@given(st.integers(0, 10**6))
def test_an_honest_proof_holds(number: int) -> None:
    assert check(history(random.Random(number))) == []


@pytest.mark.parametrize("bending", BENDINGS)
def test_a_bent_proof_is_found_out(bending: str) -> None:
    for number in range(20):
        chance = random.Random(number)
        assert check(bent(history(chance), bending, chance)) != []


# One thing bent in an evening of three stories from five slips, and all that is said of it.
SAID = {
    "another commitment": ["The seed is not the one that was committed to."],
    "the last record removed": ["The record does not end where it ended."],
    "a friend drawn, and all hashes made anew": ["Draw {}: another slip should have been drawn."],
    "another name": ["Draw {}: the name is not the one on the slip."],
    "another beacon": ["Draw {}: the record was changed.", "Draw {}: another slip should have been drawn."],
}


@pytest.mark.parametrize("bending", SAID)
def test_what_is_said_of_it(bending: str) -> None:
    chance = random.Random(8)
    said = check(bent(history(chance, people=5, draws=3), bending, chance))
    assert [fault[:5] + "{}" + fault[6:] if fault.startswith("Draw") else fault for fault in said] == SAID[bending]


@given(st.integers(0, 10**4), st.data())
def test_changing_any_one_text_is_found(number: int, data: st.DataObject) -> None:
    """All but the title, which is for people, and outcomes, which come later than the record."""
    proof = history(random.Random(number))
    holder, key = data.draw(st.sampled_from([*texts(proof)]))
    old = holder[key]
    news = [old[1:], old + "0", old.swapcase(), "", "é", *([] if key in MAY_BE_NULL else [None])]
    holder[key] = data.draw(st.sampled_from([new for new in news if new != old]))
    assert check(proof) != []


# A bowl that has not shown its seed yet, somebody who asked to be forgotten.
MAY_BE_NULL = ("seed", "name")


def texts(proof: Proof) -> list[tuple[Any, Any]]:
    """Every container and key of a text in a proof."""
    top = [(proof, key) for key in ("format", "commitment", "seed", "last")]
    of_draws = [
        (draw, key) for draw in proof["draws"] for key in draw if isinstance(draw[key], str) and key != "outcome"
    ]
    return top + of_draws + [(draw["slips"], place) for draw in proof["draws"] for place in range(len(draw["slips"]))]


def test_nobody_who_told_is_on_a_later_list() -> None:
    """The seed and every hash hold, and still it is found."""
    chance = random.Random(3)
    proof = bent(history(chance, people=3, draws=3), "somebody twice, and all hashes made anew", chance)
    assert check(proof) == ["Draw 4: the list holds somebody who had told a story already."]


def test_who_passed_or_was_not_there_may_be_drawn_again() -> None:
    chance = random.Random(3)
    for outcome in ("passed", "no_show", "undone"):
        proof = bent(history(chance, people=3, draws=3), "somebody twice, and all hashes made anew", chance)
        proof["draws"][0]["outcome"] = outcome
        assert check(proof) == []
