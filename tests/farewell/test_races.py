"""Many at once, on real connections: one swap, or none; and stored documents that tell the truth."""

import pytest

from apps.events import actions as events
from apps.farewell import actions
from apps.farewell.models import Contact
from apps.live import streams
from tests.events.conftest import Social
from tests.events.meeting import at_once
from tests.events.told import stored

from .conftest import Party, after_the_icebreaker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def party(party: Social) -> Party:
    return after_the_icebreaker(party)


def states(party: Party) -> list[str]:
    """How it stands for Ada and for Ben."""
    return [
        stored(streams.attendee("BCDFG", one.public_id))[f"contacts/{other.public_id}"]["state"]
        for one, other in ((party.ada, party.ben), (party.ben, party.ada))
    ]


def refusals(answers: list[object]) -> list[object]:
    return [answer for answer in answers if not isinstance(answer, tuple | None.__class__)]


def test_two_offers_at_once_are_one_swap(party: Party) -> None:
    for number in range(5):
        answers = at_once(
            lambda number=number: actions.offer(party.event, party.ada, party.ben.public_id, f"ada{number}"),
            lambda number=number: actions.offer(party.event, party.ben, party.ada.public_id, f"ben{number}"),
        )
        assert refusals(answers) == []
        assert states(party) == ["swapped", "swapped"]
        at_once(
            lambda: actions.withdraw(party.event, party.ada, party.ben.public_id),
            lambda: actions.withdraw(party.event, party.ben, party.ada.public_id),
        )
        assert states(party) == ["none", "none"]


def test_an_offer_against_a_withdrawal_and_a_block(party: Party) -> None:
    """Whichever came last, both are told the same of it."""
    for act in (actions.withdraw, actions.block):
        actions.unblock(party.event, party.ada, party.ben.public_id)
        actions.offer(party.event, party.ada, party.ben.public_id, "ada")
        answers = at_once(
            lambda: actions.offer(party.event, party.ben, party.ada.public_id, "ben"),
            lambda act=act: act(party.event, party.ada, party.ben.public_id),
        )
        assert refusals(answers) == []
        ada, ben = states(party)
        assert ada == ("none" if act is actions.withdraw else "blocked")
        # Offered before, it lapsed with Ada's; offered after, it stands.
        mine = Contact.objects.get(giver=party.ben, to=party.ada)
        assert (ben, mine.line, mine.lapsed) in (("none", "", True), ("offered", "ben", False))


def test_being_erased_while_everybody_offers_leaves_nothing(party: Party) -> None:
    """Two are forgotten, one renames, others offer and meet: nobody waits in a circle, and who is gone is gone."""
    event = party.event
    answers = at_once(
        lambda: actions.offer(event, party.ben, party.ada.public_id, "ben"),
        lambda: actions.offer(event, party.ada, party.ben.public_id, "ada"),
        lambda: actions.offer(event, party.cleo, party.ada.public_id, "cleo"),
        lambda: events.forget(event, party.ada),
        lambda: events.remove(event, party.cleo.public_id),
        lambda: events.edit(event, party.ben, name="Benno") and None,
        lambda: actions.meet(event, [(party.ben, party.dan)]),
    )
    assert set(refusals(answers)) <= {"not_here", "removed"}
    assert {(one.giver, one.to) for one in Contact.objects.all()} == {(party.ben, party.dan), (party.dan, party.ben)}


def test_meeting_twice_at_once_is_once(party: Party) -> None:
    pair = [(party.ben, party.dan)]
    answers = at_once(*[lambda: actions.meet(party.event, pair)] * 4)
    assert answers == [None] * 4
    assert Contact.objects.filter(giver=party.ben, to=party.dan).count() == 1


def test_meeting_while_both_change_their_names(party: Party) -> None:
    """A changed name holds the person's row, to which a meeting points: neither waits for the other in a circle."""
    for number in range(12):
        new = events.join(party.event, f"device-{number}", name="Eva")[0]
        answers = at_once(
            lambda new=new: actions.meet(party.event, [(party.ben, new)]),
            lambda new=new, number=number: events.edit(party.event, new, name=f"Eva the {number}th") and None,
            lambda number=number: events.edit(party.event, party.ben, name=f"Ben the {number}th") and None,
        )
        assert answers == [None] * 3
