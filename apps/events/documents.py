"""The shapes that phones, consoles and stages are told: small whole documents, instants only, public ids only."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from apps.core.clock import iso

from .editing import StandingSegment
from .models import Attendee, Crew, Event, Move, Segment
from .rules import UNDO_SHOWN

Document: TypeAlias = dict[str, Any]


def event(event: Event) -> Document:
    about = event.about
    return {
        "code": event.code,
        "title": event.title,
        "subtitle": event.subtitle,
        "hosts": event.hosts,
        "about": {
            "heading": about.get("heading", ""),
            "tagline": about.get("tagline", ""),
            "points": about.get("points", []),
            "audience_heading": about.get("audience_heading", ""),
            "audience": about.get("audience", ""),
            "audience_points": about.get("audience_points", []),
        },
        "language": event.language,
        "timezone": event.timezone or None,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "starts_at_local": event.starts_at_local or None,
        "ends_at_local": event.ends_at_local or None,
        "keep_days": event.keep_days,
        "erased_on": event.erased_on.isoformat() if event.erased_on else None,
        "logo": logo(event),
        "palette": event.palette,
        "names": event.names,
    }


def logo(event: Event) -> Document | None:
    if not event.logo:
        return None
    shape = {name: event.logo[name] for name in ("alt", "width", "height", "ground")}
    return {"address": f"/api/v1/events/{event.code}/logo/{event.logo['name']}.webp", **shape}


def programme(segments: Iterable[Segment]) -> Document:
    return {"segments": [segment(one) for one in segments]}


def segment(segment: Segment) -> Document:
    return {
        "id": segment.public_id,
        "kind": segment.kind,
        "title": segment.title,
        "minutes": segment.minutes,
        "starts_at_local": segment.starts_at_local or None,
        "instructions": segment.instructions,
        "headline": segment.headline,
        "goal": segment.goal,
        "prompts": prompts_of(segment),
        "options": segment.options,
    }


def now(event: Event) -> Document:
    """Time left is `ends_at - (paused_at or the server's present instant)`; `ends_at` moves on when a pause ends."""
    state = "ended" if event.ended_at else "live" if event.started_at else "before"
    return {
        "state": state,
        "step": event.step,
        "segment": event.segment.public_id if event.segment else None,
        "prompt": event.prompt.public_id if event.prompt else None,
        "entered_at": iso(event.segment_entered_at),
        "ends_at": iso(event.segment_ends_at),
        "prompt_shown_at": iso(event.prompt_shown_at),
        "paused_at": iso(event.paused_at),
        "blanked": event.blanked,
        "joining": "open" if event.joining_open and not (event.ended_at or event.archived_at) else "closed",
    }


def timeline(segments: Iterable[Segment]) -> Document:
    times = {
        one.public_id: {"entered_at": iso(one.entered_at), "left_at": iso(one.left_at)}
        for one in segments
        if one.entered_at
    }
    return {"segments": times}


def move(move: Move) -> Document:
    return {
        "id": move.public_id,
        "step": move.step,
        "verb": move.verb,
        "by": move.by.name if move.by else "",
        "at": iso(move.at),
        "undo_until": iso(move.at + UNDO_SHOWN),
        "undone_at": iso(move.undone_at),
    }


def attendee_for_crew(attendee: Attendee) -> Document:
    return {
        "id": attendee.public_id,
        "name": attendee.shown_name,
        "remote": attendee.remote,
        "spot": attendee.spot,
        "joined_at": iso(attendee.joined_at),
        "left_at": iso(attendee.left_at),
    }


def attendee(attendee: Attendee) -> Document:
    return {
        "id": attendee.public_id,
        "name": attendee.shown_name,
        "remote": attendee.remote,
        "spot": attendee.spot,
        "left_at": iso(attendee.left_at),
    }


def member(member: Crew) -> Document:
    return {"id": member.public_id, "name": member.name, "role": member.role}


def at_home(member: Crew, people: int) -> Document:
    """One event in the list of who is on its crew."""
    event = member.event
    return {
        "code": event.code,
        "title": event.title,
        "subtitle": event.subtitle,
        "role": member.role,
        "state": "ended" if event.ended_at else "live" if event.started_at else "before",
        "segment": event.segment.title if event.segment else None,
        "people": people,
        "language": event.language,
        "timezone": event.timezone or None,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "starts_at_local": event.starts_at_local or None,
        "started_at": iso(event.started_at),
        "ended_at": iso(event.ended_at),
        "erased_on": event.erased_on.isoformat() if event.erased_on else None,
        "listed": event.listed,
        "archived_at": iso(event.archived_at),
    }


def member_key(member: Crew) -> str:
    return f"members/{member.public_id}"


def edited(event: Event, programme: Document, segments: list[Segment], standing: list[StandingSegment]) -> Document:
    """A programme with ids, for its editor; `standing` says by segment what has happened: `current`, `past`, `held`."""
    current = event.segment.public_id if event.segment else None
    marks = {
        one.id: "current" if one.id == current else "past" if one.was_entered else "held" if one.holds else "opened"
        for one in standing
        if one.is_fixed or one.opened
    }
    with_ids = [
        {"id": one.public_id, **said, **({"prompts": prompts_of(one)} if "prompts" in said else {})}
        for one, said in zip(segments, programme["segments"], strict=True)
    ]
    by = event.programme_edited_by
    return {
        "version": event.programme_version,
        "edited": {"by": by.name if by else "", "at": iso(event.programme_edited_at)},
        "programme": {**programme, "segments": with_ids},
        "standing": marks,
        "shown_prompt": event.prompt.public_id if event.prompt else None,
    }


def prompts_of(segment: Segment) -> list[Document]:
    return [{"id": prompt.public_id, "text": prompt.text} for prompt in segment.prompts.all()]
