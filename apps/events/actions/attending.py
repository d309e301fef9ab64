"""Coming, correcting oneself, leaving, coming back, being removed, being forgotten."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import ATTENDEES_PER_EVENT, SPOT_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.refusals import busy
from apps.core.traces import wash_soon
from apps.live import publish, streams

from .. import documents, identity, names, queries, signals
from ..models import Attendee, Crew, Event
from .crewing import acted
from .naming import clean_name, cleaned, columns_of_name
from .rights import at_the_door, hold, locked, locked_and_in

# Every failed try means that somebody of the same name just got in; a whole party of Adas in one instant still does.
TRIES = 200


def join(
    event: Event, device: str, *, name: str, remote: bool = False, spot: str = "", whole: bool = False
) -> tuple[Attendee, bool]:
    """The attendee of this device and whether they are new; who had left is back.

    `whole`: it is all of their name, though the event asks for a first and a last one. Refuses `empty`, `too_long`,
    `crew_name` and `not_full` (400), `removed` (403), `not_here` (404), `archived`, `ended`, `joining_closed`,
    `name_taken` and `full` (409). The last is counted without a lock: those who join in one instant may exceed it by
    their number.
    """
    name, spot = clean_name(event, name), clean_spot(spot)
    hashed = identity.device_hash(event, device)
    with transaction.atomic():
        known = event.attendees.filter(device_hash=hashed).first()
        if known is None:
            at_the_door(event)
            refuse_at_the_door(as_it_is(event))
            attendee = seat(event, hashed, name, remote, spot, whole)
            if attendee is not None:
                signals.attendee_joined.send(Attendee, event=event, attendee=attendee, at=attendee.joined_at)
                announce("attendee.joined", event, attendee)
                return attendee, True
            known = event.attendees.get(device_hash=hashed)
        if known.removed_at:
            raise identity.removed()
        return come_back(event, known), False


def as_it_is(event: Event) -> Event:
    """By now: it may have been put away, or erased, since it was looked up."""
    found = Event.objects.filter(pk=event.pk).first()
    if found is None:
        raise queries.not_here()
    return found


def refuse_at_the_door(event: Event) -> None:
    identity.refuse_archived(event)
    if event.ended_at:
        raise Refusal("ended", _("This event has ended."))
    if not event.joining_open:
        raise Refusal("joining_closed", _("The door is closed just now. Please ask a host."))
    if event.attendees.filter(left_at=None, removed_at=None).count() >= ATTENDEES_PER_EVENT:
        raise Refusal("full", _("This event is full."))


def seat(event: Event, hashed: str, name: str, remote: bool, spot: str, whole: bool) -> Attendee | None:
    """A new row under the next free number of the name; None when this device got in meanwhile."""
    moment = clock.now()
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return Attendee.objects.create(
                    event=event,
                    **columns_of_name(event, name, whole=whole),
                    remote=remote,
                    spot=spot,
                    device_hash=hashed,
                    joined_at=moment,
                )
        except IntegrityError:
            if event.attendees.filter(device_hash=hashed).exists():
                return None
    raise busy()


def edit(
    event: Event,
    attendee: Attendee,
    *,
    name: str | None = None,
    remote: bool | None = None,
    spot: str | None = None,
    whole: bool = False,
) -> Attendee:
    """Change what is given; a name that only looks different keeps its number.

    Refuses `empty`, `too_long`, `crew_name` and `not_full` (400), and `name_taken` (409).
    """
    wanted: dict[str, object] = {}
    if remote is not None:
        wanted["remote"] = remote
    if spot is not None:
        wanted["spot"] = clean_spot(spot)
    cleaned_name = None if name is None else clean_name(event, name)
    for _try in range(TRIES):
        try:
            return try_edit(event, attendee, cleaned_name, wanted, whole)
        except IntegrityError:
            continue
    raise busy()


@transaction.atomic
def try_edit(event: Event, attendee: Attendee, name: str | None, wanted: dict[str, object], whole: bool) -> Attendee:
    attendee = locked_and_in(event, attendee)
    changes = dict(wanted)
    if name is not None and name not in (attendee.name, attendee.shown_name):
        is_alike = names.key_of(name) == attendee.name_key
        changes |= {"name": name} if is_alike else columns_of_name(event, name, whole=whole, own=attendee)
    changes = {column: value for column, value in changes.items() if getattr(attendee, column) != value}
    if changes:
        for column, value in changes.items():
            setattr(attendee, column, value)
        hold(event)
        signals.attendee_changing.send(Attendee, event=event, attendee=attendee, at=clock.now())
        attendee.save(update_fields=list(changes))
        signals.attendee_edited.send(Attendee, event=event, attendee=attendee, at=clock.now())
        announce("attendee.edited", event, attendee)
    return attendee


@transaction.atomic
def leave(event: Event, attendee: Attendee) -> Attendee:
    """Gone for now; the seat, name and notes stay theirs. Twice is once."""
    attendee = locked_and_in(event, attendee, "leave")
    if attendee.left_at is None:
        attendee.left_at = clock.now()
        attendee.save(update_fields=["left_at"])
        signals.attendee_left.send(Attendee, event=event, attendee=attendee, at=attendee.left_at)
        announce("attendee.left", event, attendee)
    return attendee


@transaction.atomic
def come_back(event: Event, attendee: Attendee) -> Attendee:
    """Here again; the door being closed does not matter to who was in. Twice is once."""
    attendee = locked_and_in(event, attendee)
    if attendee.left_at is not None:
        attendee.left_at = None
        attendee.save(update_fields=["left_at"])
        announce("attendee.returned", event, attendee)
    return attendee


@transaction.atomic
def remove(event: Event, attendee_id: str, *, by: Crew | None = None) -> None:
    """By the crew: their sockets close, and this device does not get in again. Twice is once.

    Refuses `not_here` (404) and `not_allowed` (403).
    """
    attendee = locked(event, attendee_id)
    hold(event, by, "remove_attendee")
    if attendee.removed_at is None:
        attendee.removed_at = clock.now()
        signals.attendee_changing.send(Attendee, event=event, attendee=attendee, at=attendee.removed_at)
        acted(event, by, "remove_attendee", attendee=attendee.public_id)
        attendee.save(update_fields=["removed_at"])
        signals.attendee_removed.send(Attendee, event=event, attendee=attendee, at=attendee.removed_at)
        withdraw("attendee.removed", event, attendee)


@transaction.atomic
def forget(event: Event, attendee: Attendee) -> None:
    """Erase the person: row, documents, and by signal what other apps hold. Of a removed one the device hash stays."""
    attendee = locked(event, attendee.public_id)
    hold(event)
    signals.attendee_changing.send(Attendee, event=event, attendee=attendee, at=clock.now())
    signals.attendee_erased.send(Attendee, event=event, attendee=attendee, at=clock.now())
    if attendee.removed_at:
        attendee.name = attendee.spot = ""
        attendee.name_key = attendee.shown_key = attendee.public_id
        attendee.save(update_fields=["name", "spot", "name_key", "shown_key"])
    else:
        attendee.delete()
        withdraw("attendee.erased", event, attendee)
    wash_soon()


def announce(because: str, event: Event, attendee: Attendee) -> None:
    publish.publish_each(
        because,
        {
            streams.crew(event.code): {f"attendees/{attendee.public_id}": documents.attendee_for_crew(attendee)},
            streams.attendee(event.code, attendee.public_id): {"attendee": documents.attendee(attendee)},
        },
    )


def withdraw(because: str, event: Event, attendee: Attendee) -> None:
    """Closing erases all that was ever said to this attendee alone, by whichever app."""
    publish.close([streams.attendee(event.code, attendee.public_id)])
    publish.publish(streams.crew(event.code), because, {f"attendees/{attendee.public_id}": None})


def clean_spot(typed: str) -> str:
    try:
        return cleaned("spot", typed, SPOT_GRAPHEMES)
    except Refusal as refusal:
        if refusal.code == "empty":
            return ""
        raise
