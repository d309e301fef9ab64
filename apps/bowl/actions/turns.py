"""The drawn person says yes, and the four minutes run."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.events.models import Event

from .. import queries, turns
from ..models import Draw, Slip, Turn
from .drawing import close, decided, find_draw
from .telling import tell

STORY_MINUTES = 4
MORE = timedelta(seconds=30)


@transaction.atomic
def accept(event: Event, segment: str, number: int) -> Draw:
    """The called person comes. Twice is once; refuses `not_here` (404) and `decided` (409)."""
    bowl = queries.find_bowl(event, segment, to_write=True)
    drawn = find_draw(bowl, number)
    if drawn.outcome not in (Draw.Outcome.CALLED, Draw.Outcome.SPEAKING):
        raise decided()
    if drawn.accepted_at is None:
        drawn.accepted_at = clock.now()
        drawn.save(update_fields=["accepted_at"])
        tell("call.accepted", event, bowl, [drawn.slip])
    return drawn


@transaction.atomic
def start_turn(event: Event, segment: str, number: int) -> Draw:
    """The story begins, its minutes from the programme. Twice is once.

    Refuses `not_here` (404), `decided` and `still_speaking` (409).
    """
    bowl = queries.find_bowl(event, segment, to_write=True)
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
    tell("turn.started", event, bowl, [drawn.slip])
    return drawn


def pause_turn(event: Event, segment: str, number: int) -> Draw:
    return change(event, segment, number, "turn.paused", turns.pause)


def resume_turn(event: Event, segment: str, number: int) -> Draw:
    return change(event, segment, number, "turn.resumed", turns.resume)


def extend_turn(event: Event, segment: str, number: int) -> Draw:
    """Thirty seconds more."""
    return change(event, segment, number, "turn.extended", lambda turn, at: turns.extend(turn, MORE, at))


def end_turn(event: Event, segment: str, number: int) -> Draw:
    return change(event, segment, number, "turn.ended", turns.end)


@transaction.atomic
def change(
    event: Event, segment: str, number: int, because: str, rule: Callable[[turns.Turn, datetime], turns.Turn]
) -> Draw:
    """Apply a rule of the clock; what is so already stays. Refuses `not_here` (404)."""
    bowl = queries.find_bowl(event, segment, to_write=True)
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
    tell(because, event, bowl, [drawn.slip])
    return drawn
