"""What an edit may change of a programme that people may be in the middle of: rules without a database.

An editor's programme is that of a file, but its segments carry an `id` and its prompts are `{"id", "text"}`; what is
new has none yet. Ids are how an edit keeps hold of what has happened: rounds, bowls and walls hang on them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from .kinds import KINDS


@dataclass(frozen=True, slots=True)
class StandingSegment:
    """One segment as it stands.

    `opened`: an activity keeps rows of it, if only an empty bowl; `holds`: people have given something to it.
    """

    id: str
    kind: str
    title: str
    prompts: Sequence[str] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    was_entered: bool = False
    opened: bool = False
    holds: bool = False

    @property
    def is_fixed(self) -> bool:
        return self.was_entered or self.holds


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit has moved of the ground that documents of activities stand on; each activity tells its own anew.

    `speaks`: the event has another language; `settings`: segments with other options; `gone`: the kinds of removed
    segments of which an activity had rows, by id; `prompts`: those removed.
    """

    speaks: bool
    settings: frozenset[str]
    gone: Mapping[str, str]
    prompts: frozenset[str]


def change(
    standing: Iterable[StandingSegment],
    options: Mapping[str, Mapping[str, Any]],
    prompts: Iterable[str],
    *,
    speaks: bool,
) -> Change:
    """From how segments stood to the `options` and `prompts` there are now, by id."""
    return Change(
        speaks=speaks,
        settings=frozenset(one.id for one in standing if one.id in options and options[one.id] != one.options),
        gone={one.id: one.kind for one in standing if one.id not in options and one.opened},
        prompts=frozenset(prompt for one in standing for prompt in one.prompts) - frozenset(prompts),
    )


def plain(wanted: Any) -> Any:
    """The programme as a file would say it, for the checks of a file; what is no programme stays what it is."""
    if not isinstance(wanted, dict) or not isinstance(wanted.get("segments"), list):
        return wanted
    return {**wanted, "segments": [plain_segment(one) for one in wanted["segments"]]}


def plain_segment(segment: Any) -> Any:
    if not isinstance(segment, dict):
        return segment
    said = {key: value for key, value in segment.items() if key != "id"}
    if isinstance(said.get("prompts"), list):
        said["prompts"] = [one.get("text") if isinstance(one, dict) else one for one in said["prompts"]]
    return said


def id_of(thing: Any) -> str | None:
    found = thing.get("id") if isinstance(thing, dict) else None
    return found if isinstance(found, str) else None


def faults(
    standing: Sequence[StandingSegment], wanted: Sequence[Mapping[str, Any]], *, shown_prompt: str | None
) -> Iterable[tuple[str, str]]:
    """Why a programme that is good by itself cannot follow on what has happened: `(path, reason)`."""
    known = {one.id: one for one in standing}
    kept = [id_of(one) for one in wanted]
    yield from strange_ids(known, wanted)
    for gone in (one for one in standing if one.id not in kept and one.is_fixed):
        yield "segments", _("“%(title)s” has begun and cannot be removed.") % {"title": gone.title}
    yield from faults_of_order([one.id for one in standing if one.was_entered], kept)
    for place, segment in enumerate(wanted):
        if before := known.get(id_of(segment) or ""):
            yield from faults_of_segment(f"segments[{place}]", before, segment, shown_prompt)


def strange_ids(known: Mapping[str, StandingSegment], wanted: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """Of others, or named twice: an honest editor has none."""
    seen: set[object] = set()
    for place, segment in enumerate(wanted):
        here = known.get(id_of(segment) or "")
        if segment.get("id") is not None and (here is None or here.id in seen):
            yield f"segments[{place}].id", _("is not of this programme")
        of_prompts = [one for one in map(id_of, segment.get("prompts", [])) if one is not None]
        if len(set(of_prompts)) < len(of_prompts) or not set(of_prompts) <= set(here.prompts if here else ()):
            yield f"segments[{place}].prompts", _("has a prompt that is not of this segment")
        seen.add(id_of(segment))


def faults_of_order(entered: Sequence[str], kept: Sequence[str | None]) -> Iterable[tuple[str, str]]:
    """What has happened stays in the order that it has in the programme; what is to come may go anywhere."""
    places = [kept.index(one) for one in entered if one in kept]
    for earlier, later in pairwise(places):
        if later < earlier:
            yield f"segments[{later}]", _("What has happened stays in its order.")


def faults_of_segment(
    path: str, before: StandingSegment, segment: Mapping[str, Any], shown_prompt: str | None
) -> Iterable[tuple[str, str]]:
    if segment["kind"] != before.kind:
        if before.is_fixed or before.opened:
            yield f"{path}.kind", _("It has begun, and stays of its kind. Add another segment instead.")
        return
    if shown_prompt in before.prompts and shown_prompt not in map(id_of, segment.get("prompts", [])):
        yield f"{path}.prompts", _("The prompt that is shown now cannot be removed.")
    promises = KINDS[before.kind].promises if before.kind in KINDS and before.is_fixed else ()
    for name in promises:
        # Left out is the same as no.
        if (segment.get(name) or None) != (before.options.get(name) or None):
            yield f"{path}.{name}", _("People have relied on this already. It stays as it is.")
