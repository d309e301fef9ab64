"""The drawn person says yes, and the four minutes run."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event

from .. import turns
from ..models import Draw, Slip, Turn
from .drawing import close, decided, find_draw
from .opening import locked
from .telling import tell

# The called person, or a host for them.
By: TypeAlias = Attendee | Crew | None

STORY_MINUTES = 4
MORE = timedelta(seconds=30)


@transaction.atomic
def accept(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    """The called person comes. Twice is once; refuses `not_here` (404) and `decided` (409)."""
    bowl = locked(event, segment, by)
    drawn = find_draw(bowl, number)
    if drawn.outcome not in (Draw.Outcome.CALLED, Draw.Outcome.SPEAKING):
        raise decided()
    if drawn.accepted_at is None:
        drawn.accepted_at = clock.now()
        drawn.save(update_fields=["accepted_at"])
        acted(event, by, "accept_call", number=number)
        tell("call.accepted", event, bowl, [drawn.slip])
    return drawn


@transaction.atomic
def start_turn(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    """The story begins, its minutes from the programme. Twice is once.

    Refuses `not_here` (404), `decided` and `still_speaking` (409).
    """
    bowl = locked(event, segment, by)
    drawn = find_draw(bowl, number)
    if drawn.outcome in (Draw.Outcome.SPEAKING, Draw.Outcome.TOLD):
        return drawn
    if drawn.outcome != Draw.Outcome.CALLED:
        raise decided()
    if bowl.draws.filter(outcome=Draw.Outcome.SPEAKING).exists():
        raise Refusal("still_speaking", _("The story before has not ended yet."))
    length = timedelta(minutes=bowl.segment.options.get("story_minutes", STORY_MINUTES))
    moment = clock.now()
    drawn.outcome = Draw.Outcome.SPEAKING
    drawn.save(update_fields=["outcome"])
    drawn.turn = Turn.objects.create(
        draw=drawn, length_seconds=int(length.total_seconds()), started_at=moment, ends_at=moment + length
    )
    # Told from the first word on: whoever has spoken is not called again, whatever happens to the clock.
    drawn.slip.state = Slip.State.TOLD
    drawn.slip.save(update_fields=["state"])
    acted(event, by, "start_turn", number=number)
    tell("turn.started", event, bowl, [drawn.slip])
    return drawn


def pause_turn(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    return change(event, segment, number, "paused", turns.pause, by)


def resume_turn(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    return change(event, segment, number, "resumed", turns.resume, by)


def extend_turn(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    """Thirty seconds more."""
    return change(event, segment, number, "extended", lambda turn, at: turns.extend(turn, MORE, at), by)


def end_turn(event: Event, segment: str, number: int, *, by: By = None) -> Draw:
    return change(event, segment, number, "ended", turns.end, by)


@transaction.atomic
def change(
    event: Event, segment: str, number: int, how: str, rule: Callable[[turns.Turn, datetime], turns.Turn], by: By
) -> Draw:
    """Apply a rule of the clock; what is so already stays. Refuses `not_here` (404)."""
    bowl = locked(event, segment, by)
    drawn = find_draw(bowl, number)
    row: Turn | None = getattr(drawn, "turn", None)
    if row is None:
        raise decided()
    before = turns.Turn(timedelta(seconds=row.length_seconds), row.started_at, row.ends_at, row.paused_at, row.ended_at)
    after = rule(before, clock.now())
    if after == before or after.ends_at is None:
        return drawn
    row.ends_at, row.paused_at, row.ended_at = after.ends_at, after.paused_at, after.ended_at
    row.save(update_fields=["ends_at", "paused_at", "ended_at"])
    if after.ended_at:
        close(drawn, Draw.Outcome.TOLD)
    acted(event, by, "change_turn", how=how, number=number)
    tell(f"turn.{how}", event, bowl, [drawn.slip])
    return drawn
