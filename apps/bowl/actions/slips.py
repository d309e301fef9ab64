"""Putting names in and taking them out."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import NAME_GRAPHEMES, TEASER_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here

from .. import drawing
from ..models import Bowl, Slip
from .opening import open_one
from .telling import tell


@transaction.atomic
def put_in(event: Event, segment: str, attendee: Attendee, teaser: str = "") -> Slip:
    """One's own name, once; again only changes the teaser. Refuses `too_long` (400), `bowl_closed` and `told` (409)."""
    teaser = clean_teaser(teaser)
    bowl = open_one(event, segment, attendee)
    slip = slip_of(bowl, attendee)
    if slip is None:
        # As they are called by now.
        attendee.refresh_from_db()
        slip = add(bowl, attendee.shown_name, attendee.remote, teaser, attendee)
        tell("slip.put_in", event, bowl, [slip])
    elif slip.state == Slip.State.TOLD:
        raise Refusal("told", _("You have told your story here. The bowl is for the others now."))
    elif slip.teaser != teaser:
        slip.teaser = teaser
        slip.save(update_fields=["teaser"])
        tell("slip.edited", event, bowl, [slip])
    return slip


@transaction.atomic
def put_in_for(
    event: Event, segment: str, *, name: str, teaser: str = "", remote: bool = False, by: Crew | None = None
) -> Slip:
    """By the crew, for somebody without a phone. Refuses `empty` and `too_long` (400), `bowl_closed` (409)."""
    name, teaser = clean_line(name, NAME_GRAPHEMES), clean_teaser(teaser)
    bowl = open_one(event, segment, by, "fill_bowl")
    slip = add(bowl, name, remote, teaser, None)
    acted(event, by, "put_name_in", slip=slip.public_id)
    tell("slip.put_in", event, bowl, [slip])
    return slip


@transaction.atomic
def take_out(event: Event, segment: str, attendee: Attendee) -> None:
    """One's own name, until it is called. Twice is once; refuses `called` (409): somebody drew first."""
    bowl = open_one(event, segment, attendee)
    slip = slip_of(bowl, attendee)
    if slip:
        withdraw(event, bowl, slip, attendee)


@transaction.atomic
def take_out_for(event: Event, segment: str, slip_id: str, *, by: Crew | None = None) -> None:
    """By the crew. Twice is once; refuses `not_here` (404) and `called` (409)."""
    bowl = open_one(event, segment, by, "fill_bowl")
    slip = bowl.slips.select_related("attendee", "bowl__segment__event").filter(public_id=slip_id).first()
    if slip is None:
        raise not_here()
    withdraw(event, bowl, slip, by)


def withdraw(event: Event, bowl: Bowl, slip: Slip, by: Attendee | Crew | None) -> None:
    if slip.state == Slip.State.OUT:
        return
    if slip.state != Slip.State.IN:
        raise Refusal("called", _("This name has just been called."))
    slip.state = Slip.State.OUT
    slip.save(update_fields=["state"])
    acted(event, by, "take_name_out", slip=slip.public_id)
    tell("slip.taken_out", event, bowl, [slip])


@transaction.atomic
def erase(event: Event, attendee: Attendee) -> None:
    """Everything a person put in: names, teasers and salts go, digests on lists that were published stay.

    Without its salt, a digest says nothing of the name.
    """
    slips = Slip.objects.select_related("bowl__segment__event").filter(bowl__segment__event=event, attendee=attendee)
    for slip in slips:
        was_in = slip.state == Slip.State.IN
        slip.name = slip.salt = slip.teaser = slip.title = ""
        slip.attendee = None
        if was_in:
            slip.state = Slip.State.OUT
        slip.save(update_fields=["name", "salt", "teaser", "title", "attendee", "state"])
        tell("slip.erased", event, slip.bowl, [slip])


@transaction.atomic
def follow_remote(event: Event, attendee: Attendee) -> None:
    """Whoever says that they are in the room after all, or not, says so for their slips as well."""
    slips = Slip.objects.select_related("attendee", "bowl__segment__event").filter(bowl__segment__event=event)
    for slip in slips.filter(attendee=attendee, remote=not attendee.remote).exclude(state=Slip.State.OUT):
        slip.remote = attendee.remote
        slip.save(update_fields=["remote"])
        tell("slip.moved", event, slip.bowl, [slip])


@transaction.atomic
def follow_stage(event: Event) -> None:
    """The stage has another address: who speaks from afar is told."""
    slips = Slip.objects.select_related("attendee", "bowl__segment__event").filter(bowl__segment__event=event)
    for slip in slips.filter(remote=True, attendee__isnull=False, draws__outcome__in=["called", "speaking"]).distinct():
        tell("stage.renewed", event, slip.bowl, [slip])


def slip_of(bowl: Bowl, attendee: Attendee) -> Slip | None:
    slips = bowl.slips.select_related("attendee", "bowl__segment__event").filter(attendee=attendee)
    return slips.exclude(state=Slip.State.OUT).first()


def add(bowl: Bowl, name: str, remote: bool, teaser: str, attendee: Attendee | None) -> Slip:
    slip = Slip(bowl=bowl, name=name, remote=remote, teaser=teaser, attendee=attendee, put_in_at=clock.now())
    slip.digest = drawing.slip_digest(slip.salt, name)
    slip.save()
    return slip


def clean_teaser(typed: str) -> str:
    return clean_line(typed, TEASER_GRAPHEMES) if typed.strip() else ""
