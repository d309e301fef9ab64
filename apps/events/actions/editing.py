"""Editing a programme, also while people are in the middle of it; see `editing.py` for what may change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.core import clock
from apps.live import publish, streams

from .. import documents, editing, queries, sentences, signals
from ..documents import Document
from ..editing import StandingSegment, id_of, plain
from ..models import Crew, Event, Prompt, Segment
from ..programme import BadProgramme, Programme, checked, options_of
from .crewing import acted
from .programming import SEGMENT_WORDS, keep_logo, programme_columns, programme_of
from .rights import held

# Above every place there is: what moves is first put out of the way, for no place is taken twice.
ASIDE = 1000


def edited_programme(event: Event) -> Document:
    """What an editor begins with: `{"version", "edited", "programme", "standing"}`; `standing` is what holds it."""
    return sheet(event, queries.segments_of(event))


def edit_programme(event: Event, wanted: Mapping[str, Any], *, version: int, by: Crew) -> Document:
    """Make the programme this one, as seen at `version`; answers what `edited_programme` does. Twice is once.

    Segments and prompts that carry an id keep it, new ones get one. What has happened stays, and every screen hears.
    Refuses `not_allowed` (403), `archived`, `edited_meanwhile` (409, with who) and `bad_programme` (400, each
    sentence by its path, such as `segments[0].prompts[2]`).
    """
    # Before others have to wait: a logo is drawn anew.
    programme = good(plain(wanted))
    return put_programme(event, programme, wanted, version, by)


@transaction.atomic
def put_programme(event: Event, programme: Programme, wanted: Mapping[str, Any], version: int, by: Crew) -> Document:
    event = held(event, by, "edit_programme")
    segments = queries.segments_of(event)
    if is_same(event, segments, programme, wanted):
        return sheet(event, segments)
    if event.programme_version != version:
        raise sentences.edited_meanwhile(event.programme_edited_by, by)
    moment = clock.now()
    # Whoever is about to give something to a segment, a name to a bowl, comes first or finds it gone.
    signals.event_moving.send(Event, event=event, at=moment, by_undo=False)
    standing = standing_of(event, segments)
    shown = event.prompt.public_id if event.prompt else None
    refuse(list(editing.faults(standing, wanted["segments"], shown_prompt=shown)))
    before, spoke = structure(segments), event.language
    refuse_other_day(event, programme)
    write(event, segments, programme, wanted["segments"])
    after = queries.segments_of(event)
    # A press with the old order in view does not fit the new one.
    event.step += structure(after) != before
    event.programme_version += 1
    event.programme_edited_by, event.programme_edited_at = by, moment
    event.save(update_fields=["step", "programme_version", "programme_edited_by", "programme_edited_at"])
    change = editing.change(
        standing,
        {one.public_id: one.options for one in after},
        [prompt for _segment, prompts in structure(after) for prompt in prompts],
        speaks=event.language != spoke,
    )
    signals.programme_edited.send(Event, event=event, at=moment, change=change)
    acted(event, by, "edit_programme", version=event.programme_version)
    tell(event, after)
    return sheet(event, after)


def good(given: Any) -> Programme:
    try:
        return checked(given)
    except BadProgramme as bad:
        raise sentences.bad_programme(bad) from bad


def refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise sentences.bad_programme(BadProgramme(faults))


def refuse_other_day(event: Event, programme: Programme) -> None:
    """What people were told when they joined holds: the day on which everything is erased."""
    told = event.erased_on
    kept = event.keep_days
    put_columns(event, programme)
    if event.started_at and event.erased_on != told:
        refuse([("keep_days", _("People were told on which day everything is erased. It does not move any more."))])
    if event.keep_days > kept and queries.attendees_of(event).exists():
        refuse([("keep_days", _("People have joined, and were told that it is not kept for longer."))])


def put_columns(event: Event, programme: Programme) -> list[str]:
    columns = programme_columns(programme)
    for name, value in columns.items():
        setattr(event, name, value)
    return list(columns)


def is_same(event: Event, segments: list[Segment], programme: Programme, wanted: Mapping[str, Any]) -> bool:
    """Nothing to do: it says the same, and what has an id stands where it stood (a request that came twice)."""
    if programme_of(event) != programme:
        return False
    given = [id_of(one) for one in wanted["segments"]]
    return all(one in (None, segment.public_id) for one, segment in zip(given, segments, strict=True))


def standing_of(event: Event, segments: list[Segment]) -> list[StandingSegment]:
    opened, holding = queries.opened_and_held(event)
    return [
        StandingSegment(
            id=one.public_id,
            kind=one.kind,
            title=one.title,
            prompts=[prompt.public_id for prompt in one.prompts.all()],
            options=one.options,
            was_entered=one.entered_at is not None,
            opened=one.pk in opened,
            holds=one.pk in holding,
        )
        for one in segments
    ]


def structure(segments: list[Segment]) -> list[tuple[str, list[str]]]:
    """What a press and an undo rely on: which segments and prompts there are, in which order."""
    return [(one.public_id, [prompt.public_id for prompt in one.prompts.all()]) for one in segments]


def tell(event: Event, segments: list[Segment]) -> None:
    """What this app tells of a programme; activities have told theirs, and nothing else stands on it."""
    public = queries.public_documents(event, segments)
    crew: queries.Documents = {"timeline": documents.timeline(segments)}
    publish.publish_each("programme.edited", {streams.public(event.code): public, streams.crew(event.code): crew})


def write(event: Event, segments: list[Segment], programme: Programme, wanted: list[Mapping[str, Any]]) -> None:
    event.save(update_fields=put_columns(event, programme))
    keep_logo(event, programme)
    known = {one.public_id: one for one in segments}
    kept = {id_of(one) for one in wanted}
    event.segments.exclude(public_id__in=[one for one in kept if one]).delete()
    event.segments.update(position=F("position") + ASIDE)
    for place, (given, with_ids) in enumerate(zip(programme["segments"], wanted, strict=True), start=1):
        segment = known.get(id_of(with_ids) or "") or Segment(event=event)
        segment.position = place
        for name in SEGMENT_WORDS:
            setattr(segment, name, given.get(name, ""))
        segment.options = options_of(given)
        segment.save()
        write_prompts(segment, given.get("prompts", []), [id_of(one) for one in with_ids.get("prompts", [])])


def write_prompts(segment: Segment, texts: list[str], ids: list[str | None]) -> None:
    known = {one.public_id: one for one in segment.prompts.all()}
    segment.prompts.exclude(public_id__in=[one for one in ids if one]).delete()
    segment.prompts.update(position=F("position") + ASIDE)
    prompts = []
    for place, (text, public_id) in enumerate(zip(texts, ids, strict=True), start=1):
        prompt = known.get(public_id or "") or Prompt(segment=segment)
        prompt.position, prompt.text = place, text
        prompts.append(prompt)
    Prompt.objects.bulk_update([one for one in prompts if one.pk], ["position", "text"])
    Prompt.objects.bulk_create([one for one in prompts if not one.pk])


def sheet(event: Event, segments: list[Segment]) -> Document:
    return documents.edited(event, programme_of(event), segments, standing_of(event, segments))
