"""Moving the event on, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.live import publish, streams

from .. import documents, queries, rules, sentences, signals, states
from ..documents import Document
from ..models import Crew, Event, Move, Segment
from ..roles import ACTION_OF_VERB
from ..rules import AT_ANY_STEP, UNDO_ACCEPTED, Impossible, Press, State, Verb
from .rights import held, require_still

BECAUSE = {
    Verb.START: "event.started",
    **dict.fromkeys((Verb.NEXT, Verb.BACK, Verb.ENTER), "segment.entered"),
    **dict.fromkeys((Verb.NEXT_PROMPT, Verb.PREVIOUS_PROMPT, Verb.SHOW_PROMPT), "prompt.shown"),
    Verb.ADD_MINUTES: "minutes.added",
    Verb.PAUSE: "clock.paused",
    Verb.RESUME: "clock.resumed",
    Verb.BLANK: "screens.blanked",
    Verb.UNBLANK: "screens.unblanked",
    Verb.OPEN_JOINING: "joining.opened",
    Verb.CLOSE_JOINING: "joining.closed",
    Verb.END: "event.ended",
}


@transaction.atomic
def move(event: Event, wanted: Press, *, by: Crew, from_step: int) -> Document:
    """Press a verb that was meant at `from_step`; answers `{"now", "move"}`, unchanged when it is so already.

    Refuses `not_allowed` (403), `archived`, `somebody_faster` (409, with who and what) and the codes of `rules.press`.
    """
    event = held(event, by, ACTION_OF_VERB[wanted.verb])
    if event.step != from_step and wanted.verb not in AT_ANY_STEP:
        raise faster(event, by)
    segments = queries.segments_of(event)
    before = states.of_rows(event, segments)
    at = clock.now()
    try:
        after = rules.press(before, states.outline(segments), wanted, at)
    except Impossible as no:
        raise sentences.impossible(no) from no
    if after is before:
        return answer_of(event, queries.last_move(event))
    write(event, segments, before, after)
    made = Move.objects.create(
        event=event,
        step=after.step,
        verb=wanted.verb.value,
        by=by,
        at=at,
        before=states.as_json(before),
        after=states.as_json(after),
    )
    tell(event, segments, before, after, at, by_undo=False)
    announce(BECAUSE[wanted.verb], event, segments, made, before)
    return answer_of(event, made)


@transaction.atomic
def undo(event: Event, move_id: str, *, by: Crew) -> Document:
    """Take back the last move within its 8 seconds: everything but the step is exactly as before. Twice is once.

    Refuses `not_here` (404), `not_allowed` (403), `archived` and `too_late_to_undo` (409).
    """
    event = held(event)
    made = event.moves.select_related("by").filter(public_id=move_id).first()
    if made is None:
        raise queries.not_here()
    require_still(by, ACTION_OF_VERB[Verb(made.verb)])
    if made.undone_at:
        return answer_of(event, made)
    at = clock.now()
    if at - made.at > UNDO_ACCEPTED:
        raise Refusal("too_late_to_undo", _("It is too late to take this back."))
    if event.step != made.step:
        raise Refusal("too_late_to_undo", faster(event, by).message)
    segments = queries.segments_of(event)
    before = states.of_rows(event, segments)
    after = rules.undo(before, states.of_json(made.before))
    write(event, segments, before, after)
    made.undone_at, made.undone_by = at, by
    made.save(update_fields=["undone_at", "undone_by"])
    tell(event, segments, before, after, at, by_undo=True)
    announce("move.undone", event, segments, made, before)
    return answer_of(event, made)


def faster(event: Event, by: Crew) -> Refusal:
    """Who was first since: a host who moved on, or somebody who edited the programme (which takes a step as well)."""
    last = queries.last_move(event)
    moved_to = last.step + (last.undone_at is not None) if last else 0
    if event.step > moved_to and event.programme_edited_by:
        return sentences.edited_first(event.programme_edited_by, by)
    return sentences.somebody_faster(last, title_of(event), by)


def title_of(event: Event) -> str:
    return event.segment.title if event.segment else ""


def write(event: Event, segments: list[Segment], before: State, after: State) -> None:
    columns = states.as_columns(after, segments)
    for name, value in columns.items():
        setattr(event, name, value)
    event.save(update_fields=list(columns))
    changed = [one for one in segments if before.timeline.get(one.public_id) != after.timeline.get(one.public_id)]
    # The current one last: the database never sees two at once.
    for segment in sorted(changed, key=lambda one: one.public_id == after.segment):
        stay = after.timeline.get(segment.public_id)
        segment.entered_at, segment.left_at = (stay.entered_at, stay.left_at) if stay else (None, None)
        segment.save(update_fields=["entered_at", "left_at"])


def tell(event: Event, segments: list[Segment], before: State, after: State, at: datetime, *, by_undo: bool) -> None:
    """Signals for the apps above, in the order in which things happen."""
    named = {segment.public_id: segment for segment in segments}
    news = {"sender": Event, "event": event, "at": at, "by_undo": by_undo}
    has_turned = (before.segment, before.entered_at) != (after.segment, after.entered_at)
    if has_turned or after.is_live != before.is_live:
        signals.event_moving.send(**news)
    if after.is_live and not before.is_live:
        signals.event_started.send(**news)
    if before.segment and has_turned:
        signals.segment_left.send(segment=named[before.segment], **news)
    if after.segment and has_turned:
        signals.segment_entered.send(segment=named[after.segment], **news)
    if after.prompt and (before.prompt, before.prompt_shown_at) != (after.prompt, after.prompt_shown_at):
        signals.prompt_shown.send(segment=named[after.segment or ""], prompt=event.prompt, **news)


def announce(because: str, event: Event, segments: list[Segment], made: Move, before: State) -> None:
    # A start fixes the day on which all of it is erased.
    facts = {"event": documents.event(event)} if event.started_at != before.started_at else {}
    publish.publish_each(
        because,
        {
            streams.public(event.code): {"now": documents.now(event), **facts},
            streams.crew(event.code): {
                "timeline": documents.timeline(segments),
                "last_move": documents.move(made),
            },
        },
    )


def answer_of(event: Event, made: Move | None) -> Document:
    return {"now": documents.now(event), "move": documents.move(made) if made else None}
