"""What happens in a hall full of people, in few words, and what their phones are told of it."""

from collections.abc import Callable

from apps.core import clock
from apps.events.models import Attendee
from apps.live import streams
from apps.live.rebuild import rebuild
from apps.matching import actions, queries
from apps.matching.models import Round
from tests.events.conftest import Social
from tests.events.told import stored

Arrive = Callable[..., list[Attendee]]


def opened(social: Social, **wanted: object) -> Round:
    latest = social.event.rounds.order_by("-number").first()
    return actions.open_round(social.event, by=social.hana, after=latest.number if latest else 0, **wanted)


def groups(social: Social) -> list[set[str]]:
    """Who sits together, by name."""
    round = queries.last_round(social.event)
    seated = [group for group in queries.groups_of(round) if group.seats.filter(left_at=None).exists()]
    return [{seat.attendee.name for seat in group.seats.all() if seat.left_at is None} for group in seated]


def mine(attendee: Attendee, key: str = "group") -> dict:
    return stored(streams.attendee("BCDFG", attendee.public_id)).get(key, {})


def public() -> dict:
    return stored(streams.public("BCDFG"))["round"]


def heard(*attendees: Attendee) -> None:
    Attendee.objects.filter(pk__in=[one.pk for one in attendees]).update(seen_at=clock.now())


def crowd(social: Social, count: int, start: int = 0) -> None:
    """Many who are here, made in bulk, as joining would have made them."""
    moment = clock.now()
    Attendee.objects.bulk_create(
        Attendee(
            event=social.event,
            name=f"Cleo {number}",
            name_key=str(number),
            shown_key=str(number),
            device_hash=str(number),
            joined_at=moment,
            seen_at=moment,
        )
        for number in range(start, start + count)
    )
    rebuild("BCDFG")
