"""The state of the rules, to and from rows and JSON, losing nothing (instants keep their microseconds)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .models import Event, Prompt, Segment
from .rules import Planned, State, Stay

INSTANTS = ("started_at", "ended_at", "entered_at", "ends_at", "prompt_shown_at", "paused_at")


def outline(segments: list[Segment]) -> list[Planned]:
    """The programme as the rules see it."""
    return [Planned(one.public_id, one.minutes, [prompt.public_id for prompt in one.prompts.all()]) for one in segments]


def of_rows(event: Event, segments: list[Segment]) -> State:
    return State(
        step=event.step,
        started_at=event.started_at,
        ended_at=event.ended_at,
        segment=event.segment.public_id if event.segment else None,
        prompt=event.prompt.public_id if event.prompt else None,
        entered_at=event.segment_entered_at,
        ends_at=event.segment_ends_at,
        prompt_shown_at=event.prompt_shown_at,
        paused_at=event.paused_at,
        blanked=event.blanked,
        joining_open=event.joining_open,
        timeline={one.public_id: Stay(one.entered_at, one.left_at) for one in segments if one.entered_at},
    )


def as_columns(state: State, segments: list[Segment]) -> dict[str, Any]:
    """The event's columns that hold this state; the timeline is in its segments' rows."""
    segment = next((one for one in segments if one.public_id == state.segment), None)
    prompt = prompt_named(state.prompt, segment) if segment and state.prompt else None
    return {
        "step": state.step,
        "started_at": state.started_at,
        "ended_at": state.ended_at,
        "segment": segment,
        "prompt": prompt,
        "segment_entered_at": state.entered_at,
        "segment_ends_at": state.ends_at,
        "prompt_shown_at": state.prompt_shown_at,
        "paused_at": state.paused_at,
        "blanked": state.blanked,
        "joining_open": state.joining_open,
    }


def prompt_named(public_id: str, segment: Segment) -> Prompt:
    return next(prompt for prompt in segment.prompts.all() if prompt.public_id == public_id)


def as_json(state: State) -> dict[str, Any]:
    body = asdict(state)
    body.update({name: text(getattr(state, name)) for name in INSTANTS})
    body["timeline"] = {
        segment: [text(stay.entered_at), text(stay.left_at)] for segment, stay in state.timeline.items()
    }
    return body


def of_json(body: Mapping[str, Any]) -> State:
    stays = {
        segment: Stay(datetime.fromisoformat(entered_at), instant(left_at))
        for segment, (entered_at, left_at) in body["timeline"].items()
    }
    return State(**{**body, **{name: instant(body[name]) for name in INSTANTS}, "timeline": stays})


def text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
