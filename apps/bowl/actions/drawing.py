"""Drawing a name, and what becomes of it."""

from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.clock import iso
from apps.core.limits import BEACON_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here

from .. import drawing, queries
from ..models import Bowl, Draw, Slip
from .freezing import beacon_of, list_of, ready
from .opening import open_one
from .telling import tell

Outcome = Literal["passed", "no_show"]


@transaction.atomic
def draw(event: Event, segment: str, *, by: Crew, after: int, beacon: str = "") -> Draw:
    """Call one name; `after` is how many draws the host had seen. The next may be called while a story runs.

    From the list that was frozen, with the value that the room gave for it; or, if none was, from all in one step.
    A slip that was taken out since is `withdrawn`: the record stays, nobody is called.
    Refuses `too_long` (400), `bowl_closed`, `somebody_faster`, `still_called` (its name waits to be decided on),
    `bowl_empty`, `not_frozen` and `beacon_missing` (409).
    """
    said = clean_line(beacon, BEACON_GRAPHEMES) if beacon.strip() else ""
    bowl = open_one(event, segment, by)
    made = ready(bowl, after)
    told = queries.frozen_of(bowl)
    frozen = drawing.Frozen(tuple(told.digests), told.hash) if told else list_of(bowl)
    moment = clock.now()
    previous = made[-1].hash if made else drawing.FIRST
    record = drawing.record(bowl.seed, frozen, after + 1, beacon_of(told, said), str(iso(moment)), previous)
    slip = bowl.slips.select_related("attendee", "bowl__segment__event").get(digest=record.digest)
    is_in = slip.state == Slip.State.IN
    if is_in:
        slip.state = Slip.State.CALLED
        slip.save(update_fields=["state"])
    drawn = Draw.objects.create(
        bowl=bowl,
        number=record.number,
        slip=slip,
        at=moment,
        list_hash=record.list,
        digests=list(frozen.digests),
        beacon=record.beacon,
        previous=record.previous,
        hash=record.hash,
        by=by,
        outcome=Draw.Outcome.CALLED if is_in else Draw.Outcome.WITHDRAWN,
        decided_at=None if is_in else moment,
    )
    if told:
        told.delete()
    acted(event, by, "draw_name", segment=segment, number=drawn.number)
    tell("slip.called" if is_in else "slip.was_withdrawn", event, bowl, [slip] if is_in else [])
    return drawn


@transaction.atomic
def decide(
    event: Event,
    segment: str,
    number: int,
    outcome: Outcome,
    *,
    keep: bool = True,
    by: Attendee | Crew | None = None,
) -> Draw:
    """A called name passes or is not there; `keep` puts its slip back, behind the others. Twice is once.

    Refuses `not_here` (404) and `decided` (409).
    """
    bowl = open_one(event, segment, by)
    drawn = find_draw(bowl, number)
    if drawn.outcome == outcome:
        return drawn
    if drawn.outcome != Draw.Outcome.CALLED:
        raise decided()
    close(drawn, outcome)
    slip = drawn.slip
    slip.state, slip.returned = (Slip.State.IN, True) if keep and slip.name else (Slip.State.OUT, slip.returned)
    slip.save(update_fields=["state", "returned"])
    acted(event, by, "decide_draw", outcome=outcome, number=number)
    tell(f"slip.{outcome}", event, bowl, [slip])
    return drawn


@transaction.atomic
def undo(event: Event, segment: str, number: int, *, by: Crew | None = None) -> Draw:
    """Take back a call: the slip is in the bowl as before; the record stays and says so. Twice is once.

    Refuses `not_here` (404) and `decided` (409).
    """
    bowl = open_one(event, segment, by)
    drawn = find_draw(bowl, number)
    if drawn.outcome == Draw.Outcome.UNDONE:
        return drawn
    if drawn.outcome != Draw.Outcome.CALLED:
        raise decided()
    close(drawn, Draw.Outcome.UNDONE)
    slip = drawn.slip
    slip.state = Slip.State.IN if slip.name else Slip.State.OUT
    slip.save(update_fields=["state"])
    acted(event, by, "undo_draw", segment=segment, number=drawn.number)
    tell("draw.undone", event, bowl, [slip])
    return drawn


def close(drawn: Draw, outcome: str) -> None:
    drawn.outcome, drawn.decided_at = outcome, clock.now()
    drawn.save(update_fields=["outcome", "decided_at"])


def find_draw(bowl: Bowl, number: int) -> Draw:
    drawn = (
        bowl.draws.select_related("slip__attendee", "slip__bowl__segment__event", "turn").filter(number=number).first()
    )
    if drawn is None:
        raise not_here()
    return drawn


def decided() -> Refusal:
    return Refusal("decided", _("This has been decided already."))
