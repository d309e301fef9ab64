"""Offering a move to another phone, taking it back, and taking it up there. The words are told to nobody else."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.core.refusals import busy
from apps.events import identity, signals
from apps.events.actions.rights import hold, locked_and_in
from apps.events.models import Attendee, Event
from apps.live import publish, streams

from . import queries, rules
from .models import Handover, new_seed

# Words that somebody else at the event has or had: other ones are drawn. Once is rare, twice is a fault.
TRIES = 5


def offer(event: Event, attendee: Attendee, *, answers_of: str) -> Handover:
    """The attendee's open offer, a new one where there is none; twice is once.

    `answers_of` is whose stored answers the phone's are. Refuses `removed` (403).
    """
    for _try in range(TRIES):
        try:
            return try_offer(event, attendee, answers_of)
        except IntegrityError:
            continue
    raise busy()


@transaction.atomic
def try_offer(event: Event, attendee: Attendee, answers_of: str) -> Handover:
    attendee = locked_and_in(event, attendee)
    if known := queries.open_offer(attendee):
        return known
    seed = new_seed()
    columns = {
        "event": event,
        "seed": seed,
        "words_hash": queries.hash_of(event, rules.plain(queries.words_of(seed))),
        "made_at": clock.now(),
        "answers_of": answers_of,
    }
    # One that is over makes room for the next.
    return Handover.objects.update_or_create(attendee=attendee, used_at=None, defaults=columns)[0]


@transaction.atomic
def withdraw(event: Event, attendee: Attendee) -> None:
    """The words are worth nothing any more. Twice is once; refuses `removed` (403)."""
    attendee = locked_and_in(event, attendee)
    Handover.objects.filter(attendee=attendee, used_at=None).delete()


@transaction.atomic
def take(event: Event, device: str, typed: str) -> Attendee:
    """This device is the attendee's from now on; the one they had is nobody's. Sent again by who took it: once.

    Refuses `no_such_move` (404) for every reason alike, `somebody_already` (409) where the device is in use here, and
    `archived` (409).
    """
    hashed = identity.device_hash(event, device)
    found = event.handovers.filter(words_hash=queries.hash_of(event, rules.plain(typed))).first()
    here = event.attendees.filter(device_hash=hashed).first()
    if here:
        if found and found.used_at and found.attendee_id == here.pk:
            return here
        raise somebody_already(here)
    if found is None:
        raise no_such_move()
    attendee = still_in(event, found)
    hold(event)
    signals.attendee_changing.send(Attendee, event=event, attendee=attendee, at=clock.now())
    use(found, attendee.device_hash)
    attendee.device_hash = hashed
    attendee.save(update_fields=["device_hash"])
    publish.begin_anew(streams.attendee(event.code, attendee.public_id))
    return attendee


def still_in(event: Event, found: Handover) -> Attendee:
    try:
        return locked_and_in(event, found.attendee)
    except Refusal as refusal:
        if refusal.code == "archived":
            raise
        raise no_such_move() from refusal


def use(found: Handover, left_hash: str) -> None:
    """Exactly one of those who take it at once gets past here."""
    since = clock.now() - rules.LASTS
    still_open = Handover.objects.filter(pk=found.pk, words_hash=found.words_hash, used_at=None, made_at__gt=since)
    if not still_open.update(used_at=clock.now(), left_hash=left_hash):
        raise no_such_move()


def no_such_move() -> Refusal:
    sentence = _("These words open nothing. They work once, within ten minutes; the other phone can show new ones.")
    return Refusal("no_such_move", sentence, status=404, fields={"words": [sentence]})


def somebody_already(here: Attendee) -> Refusal:
    # Nobody's rows are joined to another's: one of them would lose what is theirs.
    sentence = _(
        "This phone is already at this event, as %(name)s. Choose “Forget me” on it first, or take another phone."
    )
    return Refusal("somebody_already", sentence % {"name": here.shown_name})
