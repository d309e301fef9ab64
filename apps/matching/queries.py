"""Looking rounds up; nothing here writes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeAlias

from django.db.models import Prefetch, QuerySet

from apps.core import clock
from apps.events.models import Attendee, Event
from apps.events.queries import not_here
from apps.live import streams

from . import documents
from .documents import Document
from .history import History, Person
from .models import Acquaintance, Group, Round, Seat, SittingOut
from .outlook import fresh_rounds_left
from .plan import Plan

Documents: TypeAlias = dict[str, dict[str, Document | None]]

# Sockets are noted every 10 seconds; three notes missed, and somebody is not here.
SILENT = timedelta(seconds=30)


def open_round(event: Event, *, to_write: bool = False) -> Round | None:
    rounds = event.rounds.filter(closed_at=None).select_related("segment", "prompt")
    return (rounds.select_for_update(of=("self",), no_key=True) if to_write else rounds).first()


def last_round(event: Event) -> Round | None:
    """The round phones show: the open one, or the latest that was not undone."""
    return event.rounds.filter(undone_at=None).select_related("segment", "prompt").order_by("-number").first()


def find_round(event: Event, round_id: str) -> Round:
    """Refuses `not_here` (404)."""
    found = (
        event.rounds.filter(public_id=round_id)
        .select_related("segment", "prompt")
        .select_for_update(of=("self",), no_key=True)
    )
    if (round := found.first()) is None:
        raise not_here()
    return round


def groups_of(round: Round, **which: object) -> list[Group]:
    """All groups, or those that `filter` finds; with seats (`everyone`) and attendees in two queries, however many."""
    # As a list: a queryset for each group would take as long as everything else of a large round.
    seats = Prefetch("seats", Seat.objects.select_related("attendee"), to_attr="everyone")
    return list(round.groups.filter(**which).prefetch_related(seats))  # type: ignore[no-redef]  # it stands in the model


def groups_with(round: Round, attendees: Iterable[Attendee], also: Iterable[int] = ()) -> list[Group]:
    """The groups in which these have a seat, and those of these database ids, as `groups_of` has them."""
    theirs = round.seats.filter(attendee__in=[one.pk for one in attendees]).values_list("group_id", flat=True)
    return groups_of(round, pk__in={*theirs, *also})


def taken_seats(round: Round) -> list[Seat]:
    """Seats that are taken now, with their attendees, in one query."""
    return list(round.seats.filter(left_at=None).select_related("attendee"))


def to_match(event: Event) -> list[Attendee]:
    """Present attendees who are not sitting out."""
    out = sitting_out(event)
    return [one for one in present(event) if one.pk not in out]


def present(event: Event) -> QuerySet[Attendee]:
    heard_since = clock.now() - SILENT
    return event.attendees.filter(left_at=None, removed_at=None, seen_at__gte=heard_since).order_by("pk")


def sitting_out(event: Event) -> set[int]:
    return set(SittingOut.objects.filter(event=event).values_list("attendee_id", flat=True))


def person(attendee: Attendee) -> Person:
    return Person(attendee.public_id, attendee.remote)


def history(event: Event, before: Round | None = None) -> History:
    """Who has shared a group in rounds that were held (before `before`, if given), and whom to keep apart."""
    seats = Seat.objects.filter(round__event=event, round__undone_at=None)
    if before:
        seats = seats.filter(round__number__lt=before.number)
    rounds: dict[int, dict[int, set[str]]] = {}
    for round_pk, group_pk, attendee in seats.values_list("round__number", "group_id", "attendee__public_id"):
        rounds.setdefault(round_pk, {}).setdefault(group_pk, set()).add(attendee)
    held = [[sorted(group) for _pk, group in sorted(groups.items())] for _number, groups in sorted(rounds.items())]
    known = Acquaintance.objects.filter(event=event).values_list("giver__public_id", "other__public_id")
    return History.of(held, known)


def plans_of(round: Round | None) -> tuple[Plan, ...]:
    if round is None:
        return ()
    return tuple(
        Plan(one["pool"], one["size"], one["sequence"], tuple(one["seats"]), tuple(one["used"]), one["rounds"])
        for one in round.plans
    )


def met_by(attendees: Iterable[Attendee]) -> dict[int, list[Attendee]]:
    """For each of them (by database id), whom they met: found in one group, in the order of the rounds."""
    wanted = {one.pk for one in attendees}
    seats = found_seats().filter(group__seats__attendee__in=wanted).select_related("attendee")
    by_group: dict[int, dict[int, Attendee]] = {}
    for seat in seats.order_by("round__number", "pk"):
        by_group.setdefault(seat.group_id, {})[seat.attendee_id] = seat.attendee
    met: dict[int, dict[int, Attendee]] = {pk: {} for pk in wanted}
    for members in by_group.values():
        for pk in members.keys() & wanted:
            met[pk] |= {other: one for other, one in members.items() if other != pk}
    return {pk: list(found.values()) for pk, found in met.items()}


def connections(event: Event) -> int:
    """Pairs who have met, each once."""
    by_group: dict[int, set[int]] = {}
    for group, attendee in found_seats().filter(round__event=event).values_list("group_id", "attendee_id"):
        by_group.setdefault(group, set()).add(attendee)
    return len({(one, other) for members in by_group.values() for one in members for other in members if one < other})


def found_seats() -> QuerySet[Seat]:
    return Seat.objects.filter(found_at__isnull=False, round__undone_at=None)


def public_document(event: Event, round: Round) -> Document:
    """Counted by the database: of a thousand people somebody says something every moment."""
    taken = round.seats.filter(left_at=None)
    groups = taken.values("group_id").distinct().count()
    names = None
    if round.names_shown:
        names = [[seat.attendee.shown_name for seat in documents.seats_of(group)] for group in groups_of(round)]
    return documents.round_(round, groups, taken.count(), connections(event), names)


def report_document(event: Event, round: Round) -> Document:
    named = {name for one in round.reports for name in one["ids"]} | set(round.waiting)
    names = {one.public_id: one.shown_name for one in event.attendees.filter(public_id__in=named)}
    return documents.report(round, names)


def outlook(event: Event, round: Round) -> dict[str, int | None]:
    """How many more rounds there can be in which nobody meets again, if these people stay."""
    people = [Person(one, remote) for one, remote in round.roster]
    fresh = fresh_rounds_left(
        people,
        history(event),
        smallest=round.smallest,
        largest=round.largest,
        mix_sides=round.mix_sides,
        plans=plans_of(round),
        seed=int(round.seed) % 2**53,
    )
    return {"at_least": fresh.at_least, "at_most": fresh.at_most, "in_pairs": fresh.in_pairs}


def group_documents(
    event: Event, round: Round | None, groups: Iterable[Group], attendees: Iterable[Attendee]
) -> dict[str, Document | None]:
    """Each attendee's `group`, by stream: their group, that they sit out, or None."""
    seats = {seat.attendee_id: group for group in groups for seat in documents.seats_of(group)}
    out = {row.attendee_id: row for row in SittingOut.objects.filter(event=event)}
    told: dict[str, Document | None] = {}
    for one in attendees:
        mine: Document | None = None
        if one.pk in out:
            mine = documents.sitting_out(out[one.pk])
        elif round and one.pk in seats:
            mine = documents.group(round, seats[one.pk], one)
        told[streams.attendee(event.code, one.public_id)] = mine
    return told


def people_documents(event: Event, attendees: Iterable[Attendee]) -> dict[str, Document | None]:
    """Each attendee's `people`, by stream; None for who has neither met nor known anybody."""
    asked = list(attendees)
    known: dict[int, list[Attendee]] = {}
    for row in Acquaintance.objects.filter(giver__in=[one.pk for one in asked]).select_related("other").order_by("pk"):
        known.setdefault(row.giver_id, []).append(row.other)
    met = met_by(asked)
    return {
        streams.attendee(event.code, one.public_id): documents.people(met[one.pk], known.get(one.pk, []))
        if met[one.pk] or one.pk in known
        else None
        for one in asked
    }


def all_documents(code: str) -> Documents:
    """Every document of this app for one event, from the tables alone."""
    event = Event.objects.filter(code=code).first()
    if event is None:
        return {}
    told: Documents = {}
    round = last_round(event)
    groups = groups_of(round) if round else []
    if round:
        told[streams.public(code)] = {"round": public_document(event, round)}
        told[streams.crew(code)] = {"round_report": report_document(event, round)}
        told[streams.crew(code)] |= {
            f"groups/{one.public_id}": document for one in groups if (document := documents.group_for_crew(one))
        }
    everybody = list(event.attendees.filter(removed_at=None))
    for key, mine in (
        ("group", group_documents(event, round, groups, everybody)),
        ("people", people_documents(event, everybody)),
    ):
        for stream, document in mine.items():
            if document:
                told.setdefault(stream, {})[key] = document
    return told
