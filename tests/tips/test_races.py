"""Many at once, on real connections: one winner, both told, and a log that says so in order."""

import pytest

from apps.events import actions as events
from apps.events.queries import segments_of
from apps.live import sources
from apps.tips import actions
from apps.tips.models import Claim, Decision, Tip, Vote, Wall
from apps.tips.moderation import Verb
from tests.events.conftest import Social
from tests.events.meeting import at_once
from tests.events.told import stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def party(party: Social) -> Social:
    party.press("start")
    party.press("enter", segment=segments_of(party.event)[3].public_id)
    return party


@pytest.fixture
def segment(party: Social) -> str:
    return segments_of(party.event)[3].public_id


def write(party: Social, segment: str, text: str = "Be kind") -> str:
    return actions.write(party.event, segment, party.ada, text=text).public_id


def decide(party: Social, segment: str, tip: str, verb: Verb, by: str = "mo", **more: str) -> str:
    return str(actions.decide(party.event, segment, tip, verb=verb, by=getattr(party, by), **more).state)


def log(tip: str) -> list[tuple[str, str, str]]:
    return list(Decision.objects.filter(tip_public_id=tip).values_list("verb", "before", "after"))


def test_two_moderators_decide_differently(party: Social, segment: str) -> None:
    for _round in range(5):
        tip = write(party, segment)
        answers = at_once(
            lambda tip=tip: decide(party, segment, tip, Verb.APPROVE, by="mo"),
            lambda tip=tip: decide(party, segment, tip, Verb.DECLINE, by="hana", reason="unclear"),
        )
        state = Tip.objects.get(public_id=tip).state
        assert answers in (["approved", "somebody_faster"], ["somebody_faster", "declined"])
        assert state in answers
        assert log(tip) == [("approve" if state == "approved" else "decline", "pending", state)]


def test_ten_approvals_are_one(party: Social, segment: str) -> None:
    tip = write(party, segment)
    assert at_once(*[lambda: decide(party, segment, tip, Verb.APPROVE)] * 10) == ["approved"] * 10
    assert len(log(tip)) == 1


def test_ten_undos_of_all_are_one(party: Social, segment: str) -> None:
    tips = [write(party, segment, f"Be kind, {number}") for number in range(4)]
    actions.approve_all(party.event, segment, tips, by=party.mo)
    undo = lambda order: len(actions.undo_all(party.event, segment, order, by=party.mo)[0])  # noqa: E731
    answers = at_once(*[lambda place=place: undo(tips[:: 1 if place % 2 else -1]) for place in range(10)])
    assert sorted(answers) == [0] * 9 + [4]
    assert set(Tip.objects.values_list("state", flat=True)) == {"pending"}


def test_undoing_all_against_withdrawing_and_deciding(party: Social, segment: str) -> None:
    for _round in range(5):
        tips = [write(party, segment, f"Be kind, {number}") for number in range(3)]
        actions.approve_all(party.event, segment, tips, by=party.mo)
        left, withdrawn, taken = at_once(
            lambda tips=tips: actions.undo_all(party.event, segment, tips, by=party.mo)[1],
            lambda tips=tips: actions.withdraw(party.event, segment, party.ada, tips[0]),
            lambda tips=tips: decide(party, segment, tips[1], Verb.TAKE_DOWN, by="hana"),
        )
        states = [Tip.objects.get(public_id=tip).state for tip in tips]
        # Of each tip one was first, and the other one is told; the third one is nobody else's.
        assert (withdrawn, states[0]) in ((None, "withdrawn"), ("somebody_faster", "pending"))
        assert (taken, states[1], left) in (
            ("taken_down", "taken_down", {tips[1]: "not_allowed"}),
            ("somebody_faster", "pending", {}),
        )
        assert states[2] == "pending"


def test_approving_against_withdrawing(party: Social, segment: str) -> None:
    for _round in range(5):
        tip = write(party, segment)
        approved, withdrawn = at_once(
            lambda tip=tip: decide(party, segment, tip, Verb.APPROVE),
            lambda tip=tip: actions.withdraw(party.event, segment, party.ada, tip),
        )
        kept = Tip.objects.get(public_id=tip)
        if approved == "approved":
            assert (withdrawn, kept.state, kept.text) == ("somebody_faster", "approved", "Be kind")
        else:
            assert (approved, withdrawn, kept.state, kept.text) == ("somebody_faster", None, "withdrawn", "")


def test_editing_against_approving_shows_only_what_was_read(party: Social, segment: str) -> None:
    for _round in range(5):
        tip = write(party, segment, "Be kind")
        approved, edited = at_once(
            lambda tip=tip: decide(party, segment, tip, Verb.APPROVE, seen="Be kind"),
            lambda tip=tip: actions.edit(party.event, segment, party.ada, tip, text="Be mean").text,
        )
        kept = Tip.objects.get(public_id=tip)
        assert (approved, edited, kept.state, kept.text) in (
            ("approved", "somebody_faster", "approved", "Be kind"),
            ("edited", "Be mean", "pending", "Be mean"),
        )


def test_two_claim_one_card(party: Social, segment: str) -> None:
    tip = write(party, segment)
    answers = at_once(
        lambda: actions.claim(party.event, segment, tip, by=party.mo).public_id,
        lambda: actions.claim(party.event, segment, tip, by=party.hana).public_id,
    )
    assert sorted(answers) == sorted([tip, "claimed"])
    assert Claim.objects.count() == 1


def test_forty_votes_of_one_person_are_one(party: Social, segment: str) -> None:
    tip = write(party, segment)
    decide(party, segment, tip, Verb.APPROVE)
    answers = at_once(*[lambda: actions.vote(party.event, segment, party.ben, tip).pk] * 40)
    assert len(set(answers)) == 1
    actions.count_due("BCDFG")
    assert Vote.objects.count() == 1


def test_removing_somebody_against_everything_they_do(party: Social, segment: str) -> None:
    tips = [write(party, segment, f"canary {number}") for number in range(4)]
    for tip in tips[:2]:
        decide(party, segment, tip, Verb.APPROVE)
    answers = at_once(
        lambda: write(party, segment, "canary 5"),
        lambda: actions.edit(party.event, segment, party.ada, tips[2], text="canary 6").public_id,
        lambda: actions.approve_all(party.event, segment, tips, by=party.mo)[1],
        lambda: actions.vote(party.event, segment, party.ada, tips[0]).pk,
        lambda: events.remove(party.event, party.ada.public_id),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert set(Tip.objects.values_list("state", flat=True)) == {"taken_down"}
    assert "canary" not in str(stored("BCDFG/public"))
    actions.count_due("BCDFG")


def test_forgetting_somebody_against_approving_and_suggesting(party: Social, segment: str) -> None:
    tips = [write(party, segment, f"canary {number} about authorship") for number in range(8)]
    answers = at_once(
        lambda: actions.approve_all(party.event, segment, tips, by=party.mo)[1],
        lambda: actions.suggest_due("BCDFG"),
        lambda: actions.add_theme(party.event, segment, name="Mine", tips=tips).name,
        lambda: events.forget(party.event, party.ada),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert not Tip.objects.exists()
    actions.suggest_due("BCDFG")
    everything = str([stored(name) for name in sources.gather("BCDFG")])
    assert "canary" not in everything


def test_one_theme_of_one_name(party: Social, segment: str) -> None:
    answers = at_once(*[lambda: actions.add_theme(party.event, segment, name="Trust").name] * 6)
    assert sorted(answers) == ["Trust", *["theme_exists"] * 5]


def test_a_name_in_a_tip_s_words_against_taking_that_tip_down(party: Social, segment: str) -> None:
    for round_ in range(5):
        tip = write(party, segment, f"canary {round_} is what we call it")
        decide(party, segment, tip, Verb.APPROVE)
        group = {"id": "own", "name": f"canary {round_}", "quote": tip, "tips": [tip], "why": [], "theme": None}
        wall = Wall.objects.get()
        wall.suggestions = {"groups": [group], "guesses": {}, "duplicates": []}
        wall.save(update_fields=["suggestions"])
        accepted, taken = at_once(
            lambda: actions.accept_group(party.event, segment, "own")[0].name,
            lambda tip=tip: decide(party, segment, tip, Verb.TAKE_DOWN),
        )
        assert (accepted in (f"canary {round_}", "not_here"), taken) == (True, "taken_down")
        assert "canary" not in str(stored("BCDFG/public"))
        assert "canary" not in str(stored("BCDFG/crew")[f"themes/{segment}"])
    actions.suggest_due("BCDFG")


def test_two_accept_one_suggestion(party: Social, segment: str) -> None:
    texts = (
        "Meet every week",
        "A weekly meeting helps",
        "Have a short weekly meeting",
        "Share code",
        "Be kind",
        "Say no",
    )
    tips = [write(party, segment, text) for text in texts]
    actions.approve_all(party.event, segment, tips, by=party.mo)
    actions.suggest_due("BCDFG")
    group = stored("BCDFG/crew")[f"suggestions/{segment}"]["groups"][0]["id"]
    answers = at_once(*[lambda: len(actions.accept_group(party.event, segment, group)[1])] * 2)
    assert sorted(map(str, answers)) == ["3", "not_here"]
