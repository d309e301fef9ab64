"""Many at once, on real connections: one round, one seat each, and stored documents that tell the truth."""

import pytest

from apps.events import actions as events
from apps.matching import actions
from apps.matching.models import Round, Seat
from tests.events.conftest import Social
from tests.events.conftest import arrive as here
from tests.events.meeting import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def party(party: Social) -> Social:
    party.press("start")
    for number in range(6):
        here(party.event, f"device-{number}", name=f"Cleo {number}")
    return party


def test_two_hosts_open_one_round(party: Social) -> None:
    hal = events.add_crew(party.event, "Hal", "host")
    answers = at_once(
        lambda: actions.open_round(party.event, by=party.hana, after=0),
        lambda: actions.open_round(party.event, by=hal, after=0),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Round", "str"]
    assert "somebody_faster" in answers
    assert Round.objects.count() == 1


def test_leaving_coming_and_settling_at_once_leave_everybody_seated_once(party: Social) -> None:
    actions.open_round(party.event, by=party.hana, after=0)
    people = list(party.event.attendees.order_by("pk"))
    answers = at_once(
        *[lambda one=one: events.leave(party.event, one) and None for one in people[:3]],
        *[lambda number=number: here(party.event, f"late-{number}", name="Dan") and None for number in range(3)],
        *[lambda: actions.tick("BCDFG")] * 4,
    )
    assert [answer for answer in answers if answer is not None] == []
    actions.tick("BCDFG")
    seated = list(Seat.objects.filter(left_at=None).values_list("attendee_id", flat=True))
    assert len(seated) == len(set(seated)) == party.event.attendees.filter(left_at=None).count()
    sizes = [group.seats.filter(left_at=None).count() for group in Round.objects.get().groups.all()]
    assert 1 not in sizes
