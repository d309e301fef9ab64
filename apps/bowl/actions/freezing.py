"""The list of the next draw, fixed and told first; a value from the room that nobody could foresee then decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import BEACON_DIGITS
from apps.core.refusal import Refusal
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event

from .. import drawing, queries
from ..documents import digits
from ..drawing import Waiting
from ..models import Bowl, Draw, Frozen, Slip, Stir
from .opening import open_one
from .telling import tell


@transaction.atomic
def freeze(event: Event, segment: str, *, after: int, by: Crew | None = None) -> Bowl:
    """Fix and tell the list of the draw that follows `after` others. Twice is once, and nobody takes it back.

    Refuses `bowl_closed`, `somebody_faster`, `still_called` and `bowl_empty` (409).
    """
    bowl = open_one(event, segment, by)
    made = ready(bowl, after)
    if queries.frozen_of(bowl) is None:
        frozen = list_of(bowl)
        Frozen.objects.create(
            bowl=bowl, number=len(made) + 1, digests=list(frozen.digests), hash=frozen.hash, at=clock.now()
        )
        acted(event, by, "freeze_list", segment=segment)
        tell("list.frozen", event, bowl)
    return bowl


@transaction.atomic
def stir(event: Event, segment: str, attendee: Attendee, *, number: int, digit: int) -> Bowl:
    """One digit of one phone for the draw `number`; the first one counts, again changes nothing.

    Refuses `bowl_closed`, `not_frozen` (no list waits for that draw) and `stirred_enough` (409).
    """
    bowl = open_one(event, segment, attendee)
    frozen = queries.frozen_of(bowl)
    if frozen is None or frozen.number != number:
        raise Refusal("not_frozen", _("This name has been drawn already."))
    if frozen.stirs.filter(attendee=attendee).exists():
        return bowl
    if frozen.stirs.count() >= BEACON_DIGITS:
        raise Refusal("stirred_enough", _("Enough people have stirred for this draw."))
    Stir.objects.create(frozen=frozen, attendee=attendee, digit=digit)
    tell("bowl.stirred", event, bowl)
    return bowl


def ready(bowl: Bowl, after: int) -> list[Draw]:
    """The draws there were, if they are as many as the host saw and all are decided."""
    made = queries.draws_of(bowl)
    if len(made) != after:
        raise faster(made)
    if any(one.outcome == Draw.Outcome.CALLED for one in made):
        raise Refusal("still_called", _("A name has been called already. Decide on it first."))
    return made


def list_of(bowl: Bowl) -> drawing.Frozen:
    told = queries.told_elsewhere(bowl)
    waiting = [
        Waiting(slip.digest, slip.returned, slip.attendee_id in told) for slip in bowl.slips.filter(state=Slip.State.IN)
    ]
    digests = drawing.eligible(waiting)
    if not digests:
        raise Refusal("bowl_empty", _("There is no name in the bowl."))
    return drawing.freeze(digests)


def beacon_of(frozen: Frozen | None, said: str) -> str:
    """What goes into a draw: all that was stirred in, then what was said aloud. Neither can be left out afterwards."""
    if frozen is None:
        if said:
            raise Refusal("not_frozen", _("A value from the room comes after the list. Fix the list first."))
        return ""
    beacon = " ".join(part for part in (digits(frozen), said) if part)
    if not beacon:
        raise Refusal("beacon_missing", _("The list is fixed and waits for a value from the room."))
    return beacon


def faster(made: list[Draw]) -> Refusal:
    last = made[-1] if made else None
    if last is None or last.by is None:
        return Refusal("somebody_faster", _("The bowl has changed meanwhile. Please look again."))
    sentence = _("%(host)s drew first: %(name)s.") % {"host": last.by.name, "name": last.slip.name}
    return Refusal("somebody_faster", sentence)
