"""What must never happen is refused by the database itself, whichever code forgets to ask."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from apps.events.models import Attendee, Crew, Event, Move, Segment

from .conftest import Social

WRITES: dict[str, Callable[[Social], object]] = {
    "a device twice": lambda social: Attendee.objects.filter(pk=social.ben.pk).update(
        device_hash=social.ada.device_hash
    ),
    "a shown name twice": lambda social: Attendee.objects.filter(pk=social.ben.pk).update(
        shown_key=social.ada.shown_key
    ),
    "an attendee without a name": lambda social: Attendee.objects.filter(pk=social.ben.pk).update(name=""),
    "number nought": lambda social: Attendee.objects.filter(pk=social.ben.pk).update(name_number=0),
    "crew twice": lambda social: Crew.objects.create(event=social.event, user=social.hana.user, role="host", name="H"),
    "an unknown role": lambda social: Crew.objects.filter(pk=social.mo.pk).update(role="owner"),
    "two current segments": lambda social: social.event.segments.update(entered_at=social.ada.joined_at),
    "left before entered": lambda social: Segment.objects.filter(event=social.event, position=1).update(
        entered_at=social.ben.joined_at, left_at=social.ada.joined_at
    ),
    "a place taken twice": lambda social: Segment.objects.filter(event=social.event, position=1).update(position=2),
    "a short code": lambda social: Event.objects.filter(pk=social.event.pk).update(code="BCD"),
    "live without a segment": lambda social: Event.objects.filter(pk=social.event.pk).update(
        started_at=social.ada.joined_at
    ),
    "an end without a start": lambda social: Event.objects.filter(pk=social.event.pk).update(
        ended_at=social.ada.joined_at
    ),
    "a clock before the start": lambda social: Event.objects.filter(pk=social.event.pk).update(
        segment_ends_at=social.ada.joined_at
    ),
    "a prompt before the start": lambda social: Event.objects.filter(pk=social.event.pk).update(
        prompt=social.event.segments.first().prompts.first(), prompt_shown_at=social.ada.joined_at
    ),
    "an unknown verb": lambda social: Move.objects.create(
        event=social.event, step=1, verb="jump", at=social.ada.joined_at, before={}, after={}
    ),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_the_database_refuses(social: Social, write: Callable[[Social], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(social)


def test_two_moves_of_one_step(social: Social) -> None:
    social.press("start")
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(event=social.event, step=1, verb="next", at=social.ada.joined_at, before={}, after={})
