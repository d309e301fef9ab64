"""The tables of an export: their names, and what their columns mean."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from apps.events.models import Event

from . import rows
from .rows import Row


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` says of each what it means; `rows` yields mappings with exactly these keys."""

    name: str
    about: str
    columns: Mapping[str, str]
    rows: Callable[[Event], Iterator[Row]]


TABLES = (
    Table(
        "segments",
        "The programme as it went.",
        {
            "id": "of the segment; other tables name it by this",
            "position": "in the programme, from 1",
            "kind": "icebreaker, open_mic, group_exercise, closing or break",
            "title": "as in the programme",
            "minutes": "planned",
            "starts_at_local": "planned, by the clock on the wall",
            "entered_at": "when it really began, the last time",
            "left_at": "when it really ended",
        },
        rows.segments,
    ),
    Table(
        "moves",
        "Each press of a host that changed what is now.",
        {
            "step": "the number it led to",
            "verb": "what was pressed",
            "by": "who pressed it",
            "at": "when",
            "undone_at": "when it was taken back, if it was",
        },
        rows.moves,
    ),
    Table(
        "attendance",
        "Everybody who joined and did not ask to be forgotten.",
        {
            "id": "of the attendee; other tables name them by this",
            "name": "as shown; empty of somebody who was removed and then forgotten",
            "remote": "true: by video, false: in the room",
            "joined_at": "when they came",
            "last_heard_at": "when their phone was last heard from",
            "left_at": "when they said that they go",
            "removed_at": "when the crew removed them",
        },
        rows.attendance,
    ),
    Table(
        "present",
        "How many were there, minute by minute, while the event ran.",
        {"at": "a full minute", "in_room": "heard from lately, in the room", "remote": "heard from lately, by video"},
        rows.present,
    ),
    Table(
        "rounds",
        "Each drawing-up of groups, with all that it takes to draw it up again.",
        {
            "number": "of the round, from 1",
            "segment": "in which it was held",
            "prompt": "what the groups talked about",
            "opened_at": "when phones were told",
            "closed_at": "when it was over",
            "undone_at": "when it was taken back: then it never was",
            "smallest": "people in a group",
            "largest": "people in a group",
            "mix_sides": "whether room and remote sat together",
            "repeats": "pairs who sat together again",
            "unavoidable": "how many of these no seating could have avoided",
            "algorithm": "version of the matching",
            "seed": "of its chance",
            "history_digest": "SHA-256 of who had met before",
            "roster": "who was there to be matched: [id, is remote]",
        },
        rows.rounds,
    ),
    Table(
        "groups",
        "Who sat where: one row a seat.",
        {
            "round": "its number",
            "group": "its number",
            "attendee": "id",
            "name": "as shown",
            "remote": "true or false",
            "late": "whether they came after the round had opened",
            "seated_at": "when",
            "found_at": "when the group said that they found each other: this is what counts as having met",
            "left_at": "when the seat became free before the end",
            "why_left": "left, silent, absent, sitting_out or moved",
        },
        rows.groups,
    ),
    Table(
        "draws",
        "Who was called out of the bowls. Names that were never called are not in here.",
        {
            "segment": "whose bowl",
            "number": "of the draw, from 1",
            "at": "when",
            "name": "who was called; empty once they asked to be forgotten, or if nobody was",
            "remote": "true or false",
            "among": "how many names were in the bowl",
            "outcome": "called, speaking, told, passed, no_show, undone, or withdrawn before it was called",
            "accepted_at": "when they said yes",
            "decided_at": "when the outcome was known",
            "turn_started_at": "when the story began",
            "turn_ended_at": "when it ended",
            "hash": "links this record to the one before; see the proofs",
        },
        rows.draws,
    ),
    Table(
        "stories",
        "Titles that speakers gave their stories for keeping.",
        {"segment": "where it was told", "name": "who told it", "title": "what they called it"},
        rows.stories,
    ),
    Table(
        "themes",
        "Headings that tips gathered under.",
        {"id": "of the theme", "segment": "whose wall", "name": "as shown", "position": "from the first on"},
        rows.themes,
    ),
    Table(
        "tips",
        "Sticky notes, those that were not shown too. What its author withdrew is gone.",
        {
            "id": "of the tip",
            "segment": "whose wall",
            "state": "pending, approved, declined or taken_down",
            "text": "as shown",
            "original": "as written, where the crew changed the wording",
            "by": "who wrote it, if they signed",
            "theme": "id of the heading it is under",
            "pinned": "whether it was kept in sight",
            "votes": "how many liked it",
            "reason": "why it was declined",
            "words": "what the author was told",
            "written_at": "when",
            "approved_at": "when it came onto the wall",
        },
        rows.tips,
    ),
    Table(
        "decisions",
        "Who decided what about a tip, in order.",
        {
            "tip": "its id; one that is gone is in no other table",
            "verb": "what was done",
            "by": "who of the crew; empty: its author, or a rule",
            "at": "when",
            "before": "its state before",
            "after": "its state after",
            "reason": "of a decline",
            "undone_at": "when it was taken back",
        },
        rows.decisions,
    ),
    Table(
        "deeds",
        "What the crew did besides moves, in order.",
        {
            "at": "when",
            "by": "who of the crew",
            "deed": "what, as a code",
            "about": "ids and codes of what it was about, as JSON; never what somebody typed",
        },
        rows.deeds,
    ),
    Table(
        "pictures",
        "What is known of each picture; the pictures themselves are not in here.",
        {
            "id": "of the picture",
            "state": "as the crew decided",
            "by": "who sent it, if they signed",
            "caption": "as typed",
            "width": "in pixels",
            "height": "in pixels",
            "sent_at": "when; the sender said at this instant that everybody in it agrees",
            "approved_at": "when it came onto the screens",
            "reason": "of a decline",
        },
        rows.pictures,
    ),
)
