"""Publishing a round: to everybody, to the crew by group, and to each person touched, in one go."""

from collections.abc import Iterable

from apps.events.models import Attendee, Event
from apps.live import publish, streams

from .. import documents, queries
from ..models import Group, Round


def tell(
    because: str,
    event: Event,
    *,
    touched: Iterable[Attendee] = (),
    changed: Iterable[Group] = (),
    dissolved: Iterable[Group] = (),
    people: Iterable[Attendee] = (),
) -> None:
    """Last in a write's transaction.

    `touched` hear of their group anew, `people` of whom they met; `changed` groups of the present round and `dissolved`
    ones of another are told to the crew.
    """
    round = queries.last_round(event)
    here, changed = still_here(touched), list(changed)
    groups = queries.groups_with(round, here, [one.pk for one in changed]) if round else []
    fresh = {group.pk: group for group in groups}
    crew: dict[str, object | None] = {f"groups/{one.public_id}": None for one in dissolved}
    for one in changed:
        crew[f"groups/{one.public_id}"] = documents.group_for_crew(fresh[one.pk]) if one.pk in fresh else None
    crew["round_report"] = queries.report_document(event, round) if round else None
    changes: dict[str, dict[str, object | None]] = {
        streams.public(event.code): {"round": queries.public_document(event, round) if round else None},
        streams.crew(event.code): crew,
    }
    for stream, mine in queries.group_documents(event, round, groups, here).items():
        changes.setdefault(stream, {})["group"] = mine
    for stream, mine in queries.people_documents(event, still_here(people)).items():
        changes.setdefault(stream, {})["people"] = mine
    publish.publish_each(because, changes)


def tell_people(because: str, event: Event, attendee: Attendee) -> None:
    """Whom somebody met and knows, to themselves: nobody else hears that they said anything."""
    told = queries.people_documents(event, still_here([attendee]))
    publish.publish_each(because, {stream: {"people": people} for stream, people in told.items()})


def tell_names(event: Event, attendee: Attendee) -> None:
    """Somebody's name, place or looks changed: those who see them in a group or among their people hear of it."""
    round = queries.last_round(event)
    groups = [] if round is None else queries.groups_of(round)
    theirs = [group for group in groups if any(seat.attendee_id == attendee.pk for seat in group.everyone)]
    beside = [seat.attendee for group in theirs for seat in documents.seats_of(group)]
    met = queries.met_by([attendee])[attendee.pk]
    if theirs or met:
        tell("attendee.edited", event, touched=beside, changed=theirs, people=[attendee, *met])


def follow_prompts(event: Event) -> None:
    """Prompts were removed: the round that one of them opened stays, and names none any more."""
    round = queries.last_round(event)
    if round and round.prompt is None:
        tell("programme.edited", event)


def still_here(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Each once; a removed one's stream is closed."""
    return list({one.pk: one for one in attendees if one.removed_at is None}.values())


def members_of(groups: Iterable[Group]) -> list[Attendee]:
    return [seat.attendee for group in groups for seat in documents.seats_of(group)]


def last_groups(event: Event) -> tuple[Round | None, list[Group]]:
    round = queries.last_round(event)
    return round, queries.groups_of(round) if round else []
