"""What the icebreaker does when the event moves on or people go: receivers of the events' signals."""

from typing import Any

from apps.core.refusal import Refusal
from apps.events.editing import Change
from apps.events.models import Attendee, Event, Prompt, Segment
from apps.live.retell import retell

from . import actions, options, queries

KIND = "icebreaker"


def segment_left(event: Event, segment: Segment, **news: Any) -> None:
    round = queries.open_round(event)
    if round and round.segment_id == segment.pk:
        actions.close_round(event, round.public_id)


def prompt_shown(event: Event, segment: Segment, prompt: Prompt, by_undo: bool, **news: Any) -> None:
    """Where the programme says so, each prompt opens a round; a prompt shown by an undo is not a new one."""
    if segment.kind != KIND or by_undo or not options.of(segment).by_prompt:
        return
    latest = event.rounds.order_by("-number").first()
    try:
        actions.open_round(event, by=None, after=latest.number if latest else 0)
    except Refusal as refusal:
        # Nobody here yet: the prompt shows all the same, and the host opens the round.
        if refusal.code != "too_few":
            raise


def programme_edited(event: Event, change: Change, **news: Any) -> None:
    if KIND in change.gone.values():
        # Whose groups are told hangs on which round is the last one; this one had none that anybody sat in.
        retell(event.code, "programme.edited")
    elif change.prompts:
        actions.follow_prompts(event)


def attendee_gone(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.settle(event)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.tell_names(event, attendee)


def attendee_erased(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)
    actions.settle(event, erased=attendee)
