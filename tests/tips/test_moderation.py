"""The whole table of who may do what to a tip, and the words that go with it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from apps.core.refusal import Refusal
from apps.tips.moderation import (
    REASONS,
    SAID_ALREADY,
    SHOWN,
    By,
    Claim,
    Decision,
    State,
    Verb,
    claimed,
    require_moderation,
    sentence_for,
    transition,
    undone,
)

NOW = datetime(2024, 5, 10, 13, 55, tzinfo=UTC)

# One line a verb and role; one column a state: the state it leads to, or the code of the refusal.
# fmt: off
TABLE = """
                    pending      approved         declined         taken_down       withdrawn
edit       author   pending      somebody_faster  pending          somebody_faster  somebody_faster
edit       crew     not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
withdraw   author   withdrawn    somebody_faster  withdrawn        somebody_faster  withdrawn
withdraw   crew     not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
approve    author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
approve    crew     approved     approved         somebody_faster  somebody_faster  somebody_faster
decline    author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
decline    crew     declined     somebody_faster  declined         somebody_faster  somebody_faster
rewrite    author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
rewrite    crew     pending      approved         somebody_faster  somebody_faster  somebody_faster
take_down  author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
take_down  crew     somebody_faster  taken_down   somebody_faster  taken_down       somebody_faster
put_back   author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
put_back   crew     somebody_faster  approved     somebody_faster  approved         somebody_faster
reconsider author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
reconsider crew     pending      somebody_faster  pending          somebody_faster  somebody_faster
remove     author   not_allowed  not_allowed      not_allowed      not_allowed      not_allowed
remove     crew     taken_down   taken_down       taken_down       taken_down       somebody_faster
"""
# fmt: on


def outcome(state: State, verb: Verb, by: By) -> str:
    try:
        return transition(state, verb, by).value
    except Refusal as refusal:
        return refusal.code if refusal.status == (403 if refusal.code == "not_allowed" else 409) else "wrong status"


def test_the_whole_table():
    states, *lines = [line.split() for line in TABLE.strip().splitlines()]
    written = {(state, verb, by): cell for verb, by, *cells in lines for state, cell in zip(states, cells, strict=True)}
    real = {
        (state.value, verb.value, by.value): outcome(state, verb, by) for state, verb, by in product(State, Verb, By)
    }
    assert real == written


def test_only_approved_tips_are_shown():
    assert {State.APPROVED} == SHOWN


def test_a_refusal_says_what_became_of_the_tip():
    with pytest.raises(Refusal) as caught:
        transition(State.WITHDRAWN, Verb.APPROVE, By.CREW)
    assert caught.value.as_body() == {
        "code": "somebody_faster",
        "message": "Its author has withdrawn this tip.",
    }
    assert set(SAID_ALREADY) == set(State)


def decided(verb: Verb, before: State, after: State) -> Decision:
    return Decision("tip", verb, "mo", NOW, before, after)


def test_undo_gives_back_the_state_before_for_ten_seconds():
    approval = decided(Verb.APPROVE, State.PENDING, State.APPROVED)
    assert undone(approval, State.APPROVED, "mo", NOW + timedelta(seconds=10)) == State.PENDING
    assert undone(approval, State.PENDING, "mo", NOW + timedelta(hours=1)) == State.PENDING
    takedown = decided(Verb.TAKE_DOWN, State.APPROVED, State.TAKEN_DOWN)
    assert undone(takedown, State.TAKEN_DOWN, "mo", NOW) == State.APPROVED


@pytest.mark.parametrize(
    ("decision", "state", "by", "after_seconds", "code"),
    [
        (decided(Verb.APPROVE, State.PENDING, State.APPROVED), State.APPROVED, "mo", 10.1, "too_late_to_undo"),
        (decided(Verb.APPROVE, State.PENDING, State.APPROVED), State.TAKEN_DOWN, "mo", 1, "somebody_faster"),
        (decided(Verb.APPROVE, State.PENDING, State.APPROVED), State.APPROVED, "hana", 1, "not_allowed"),
        (decided(Verb.REWRITE, State.PENDING, State.PENDING), State.PENDING, "mo", 1, "not_allowed"),
        (decided(Verb.REMOVE, State.APPROVED, State.TAKEN_DOWN), State.TAKEN_DOWN, "mo", 1, "not_allowed"),
    ],
)
def test_what_cannot_be_undone(decision, state, by, after_seconds, code):
    with pytest.raises(Refusal) as caught:
        undone(decision, state, by, NOW + timedelta(seconds=after_seconds))
    assert caught.value.code == code


def test_a_card_is_one_moderators_for_half_a_minute():
    mine = claimed(None, "mo", NOW)
    assert mine == Claim("mo", NOW + timedelta(seconds=30))
    assert claimed(mine, "mo", NOW + timedelta(seconds=20)).until == NOW + timedelta(seconds=50)
    assert claimed(mine, "hana", NOW + timedelta(seconds=30)).by_id == "hana"
    with pytest.raises(Refusal) as caught:
        claimed(mine, "hana", NOW + timedelta(seconds=29))
    assert caught.value.code == "claimed"


def test_moderation_stays_on_while_tips_wait():
    require_moderation(wanted=False, pending=0)
    require_moderation(wanted=True, pending=3)
    with pytest.raises(Refusal) as caught:
        require_moderation(wanted=False, pending=1)
    assert caught.value.code == "tips_pending"


def test_every_reason_has_kind_words():
    assert list(REASONS) == ["off_topic", "said_already", "unclear", "unkind", "personal", "advertising", "other"]
    for reason in REASONS.values():
        assert reason.label
        assert reason.sentence.endswith((".", "?"))
        assert "!" not in reason.sentence
        assert "%" not in reason.sentence


def test_a_moderators_own_words_go_before_the_sentence():
    assert sentence_for("unclear") == REASONS["unclear"].sentence
    assert sentence_for("other", "  A little\n shorter, please. ") == "A little shorter, please."
    with pytest.raises(Refusal) as caught:
        sentence_for("")
    assert (caught.value.code, caught.value.status) == ("reason_missing", 400)
