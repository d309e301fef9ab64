"""Two phones at once, a removal, a name typed: one of them is the attendee's, and nobody is two people."""

import pytest

from apps.events import actions as events
from apps.events.identity import device_hash
from apps.events.models import Attendee
from apps.handover import actions, queries
from apps.handover.models import Handover
from tests.events.conftest import Social
from tests.events.meeting import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def words_for(party: Social) -> str:
    return " ".join(queries.words_of(actions.offer(party.event, party.ada, answers_of="").seed))


def test_ten_phones_take_it_and_one_has_it(party: Social) -> None:
    words = words_for(party)
    devices = [f"device-{number}" for number in range(10)]
    answers = at_once(*[lambda device=device: actions.take(party.event, device, words) for device in devices])
    assert sorted(str(one) for one in answers) == ["Ada", *["no_such_move"] * 9]
    winner = devices[[str(one) for one in answers].index("Ada")]
    party.ada.refresh_from_db()
    assert party.ada.device_hash == device_hash(party.event, winner)
    assert Handover.objects.get().left_hash == device_hash(party.event, "device-of-ada")


def test_ten_taps_on_offer_are_one_offer(party: Social) -> None:
    answers = at_once(*[lambda: words_for(party)] * 10)
    assert len(set(map(str, answers))) == 1
    assert Handover.objects.count() == 1


def test_taken_while_she_is_removed(party: Social) -> None:
    words = words_for(party)
    taken, removed = at_once(
        lambda: actions.take(party.event, "another", words),
        lambda: events.remove(party.event, party.ada.public_id),
    )
    assert (str(taken) in ("Ada", "no_such_move"), removed) == (True, None)
    party.ada.refresh_from_db()
    assert party.ada.removed_at is not None
    assert Handover.objects.count() == 0


def test_taken_on_a_phone_that_joins_meanwhile(party: Social) -> None:
    """Whichever is first: the device is one person, and whoever comes second is told or left as they were."""
    words = words_for(party)
    at_once(
        lambda: actions.take(party.event, "another", words),
        lambda: events.join(party.event, "another", name="Cleo"),
    )
    here = Attendee.objects.filter(device_hash=device_hash(party.event, "another"))
    assert [one.name for one in here] in (["Ada"], ["Cleo"])
    party.ada.refresh_from_db()
    is_hers = party.ada.device_hash == device_hash(party.event, "another")
    assert Handover.objects.filter(used_at__isnull=False).exists() is is_hers
