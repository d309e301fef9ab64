"""Life happens: people leave, fall silent, come late. After each settling nobody is alone whom a group could take."""

import secrets
from collections.abc import Iterable, Mapping
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.events.actions.crewing import acted
from apps.events.actions.rights import held
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here

from .. import options, queries
from ..history import History, Person
from ..latecomers import after_loss, place_latecomer
from ..models import Group, Round, Seat
from .opening import close_round, link_for
from .telling import members_of, tell

Why = Seat.Why
# One transaction stays short whoever floods in: others write meanwhile, panic included.
SEATED_AT_ONCE = 50
ROWS = 500


def tick(code: str) -> None:
    """About once a second: close what is over, seat who came, regroup who was left alone, work out the outlook."""
    event = Event.objects.filter(code=code).first()
    round = queries.open_round(event) if event else None
    if event is None or round is None:
        return
    if round.closes_at and round.closes_at <= clock.now():
        close_round(event, round.public_id)
        return
    # Read first: a transaction that may write would lock the database once a second for nothing.
    if is_unsettled(event, round):
        settle(event)
    if round.outlook is None:
        note_outlook(event, round)


def is_unsettled(event: Event, round: Round) -> bool:
    """Whether somebody seated is gone, or somebody here has no seat although others have."""
    seats = queries.taken_seats(round)
    if gone_from(event, seats):
        return True
    seated = {seat.attendee_id for seat in seats}
    unseated = {one.public_id for one in queries.to_match(event) if one.pk not in seated}
    return unseated != set(round.waiting) or (bool(unseated) and bool(seated))


def gone_from(event: Event, seats: Iterable[Seat]) -> dict[int, Why]:
    """Attendees (by database id) who have a seat and are not there to fill it.

    A phone that falls silent in a group that found each other lies in a pocket while its owner talks.
    """
    heard_since = clock.now() - queries.SILENT
    out = queries.sitting_out(event)
    gone: dict[int, Why] = {}
    for seat in seats:
        one = seat.attendee
        if one.left_at or one.removed_at:
            gone[one.pk] = Why.LEFT
        elif one.pk in out:
            gone[one.pk] = Why.SITTING_OUT
        elif (one.seen_at is None or one.seen_at < heard_since) and seat.found_at is None:
            gone[one.pk] = Why.SILENT
    return gone


@transaction.atomic
def settle(event: Event, *, absent: Mapping[int, Why] | None = None, erased: Attendee | None = None) -> None:
    """Take out who is gone (`absent` are known to be), then seat whoever is left alone and whoever came late.

    Groups a host has set by hand stay as they are, but for people who leave. `erased` is about to be deleted. At most
    `SEATED_AT_ONCE` latecomers are seated; the next tick takes the next ones.
    """
    event = held(event)
    round = queries.open_round(event, to_write=True)
    if round is None:
        return
    table = Table(event, round)
    table.take_out({**gone_from(event, table.seats.values()), **(absent or {})})
    table.regroup()
    table.seat_latecomers(erased)
    changed, touched = table.write()
    if touched or table.waiting != round.waiting:
        round.waiting = table.waiting
        round.save(update_fields=["waiting"])
        tell("groups.changed", event, touched=touched, changed=changed)


class Limits(TypedDict):
    smallest: int
    largest: int
    mix_sides: bool


class Table:
    """An open round while it is being settled: names at places in memory, and rows only at the end.

    `places[n]` are the public ids at place n. First come the groups there are, further places become new groups.
    """

    def __init__(self, event: Event, round: Round) -> None:
        self.event, self.round = event, round
        self.groups = list(round.groups.all())
        self.seats = {seat.attendee.public_id: seat for seat in queries.taken_seats(round)}
        self.attendees = {name: seat.attendee for name, seat in self.seats.items()}
        at = {group.pk: place for place, group in enumerate(self.groups)}
        self.places: list[tuple[str, ...]] = [()] * len(self.groups)
        for name, seat in self.seats.items():
            self.places[at[seat.group_id]] += (name,)
        self.history: History = queries.history(event, before=round)
        self.limits = Limits(smallest=round.smallest, largest=round.largest, mix_sides=round.mix_sides)
        self.why: dict[str, Why] = {}
        self.late: set[str] = set()
        self.waiting: list[str] = []

    def take_out(self, gone: Mapping[int, Why]) -> None:
        self.why = {name: gone[seat.attendee_id] for name, seat in self.seats.items() if seat.attendee_id in gone}
        for place, names in enumerate(self.places):
            if self.is_fixed(place):
                self.places[place] = tuple(name for name in names if name not in self.why)

    def regroup(self) -> None:
        """Whoever was left alone joins the nearest who can take them."""
        free = self.free_places()
        before = [self.places[place] for place in free]
        loss = after_loss(before, set(self.why), self.people(), self.history, seed=secrets.randbits(256), **self.limits)
        for place in free:
            self.places[place] = tuple(name for name in self.places[place] if name not in self.why)
        self.put(free, loss.changed)

    def seat_latecomers(self, erased: Attendee | None) -> None:
        seated = {name for names in self.places for name in names}
        late = [one for one in queries.to_match(self.event) if one.public_id not in seated and one != erased]
        for one in late[:SEATED_AT_ONCE]:
            self.attendees[one.public_id] = one
            free = self.free_places()
            placement = place_latecomer(
                queries.person(one),
                [self.places[place] for place in free],
                self.people(),
                self.history,
                waiting=self.waiting,
                **self.limits,
            )
            if placement.group is None:
                self.waiting.append(one.public_id)
            else:
                self.late |= {one.public_id, *self.waiting}
                self.put(free, placement.changed)
                seated_now = {name for names in placement.changed.values() for name in names}
                self.waiting = [name for name in self.waiting if name not in seated_now]
        self.waiting += [one.public_id for one in late[SEATED_AT_ONCE:]]

    def put(self, free: list[int], changed: Mapping[int, tuple[str, ...]]) -> None:
        """What a rule wants: its numbers are positions in `free`, those after the last are new places."""
        for number, names in sorted(changed.items()):
            if number < len(free):
                self.places[free[number]] = names
            else:
                self.places.append(names)

    def write(self) -> tuple[list[Group], list[Attendee]]:
        """Make rows of it, in a few statements; returns the groups that changed and everybody who hears of it."""
        moment = clock.now()
        new = [place for place in range(len(self.groups), len(self.places)) if self.places[place]]
        number = max((group.number for group in self.groups), default=0)
        made = Group.objects.bulk_create(
            Group(round=self.round, number=number + count) for count, _place in enumerate(new, start=1)
        )
        at = {**dict(enumerate(self.groups)), **dict(zip(new, made, strict=True))}
        wanted = {name: at[place] for place, names in enumerate(self.places) for name in names}
        moved = {name for name, group in wanted.items() if name in self.seats and self.seats[name].group_id != group.pk}
        ended = [self.seats[name] for name in sorted(self.seats.keys() - (wanted.keys() - moved))]
        for seat in ended:
            seat.left_at, seat.why_left = moment, self.why.get(seat.attendee.public_id, Why.MOVED)
        Seat.objects.bulk_update(ended, ["left_at", "why_left"], batch_size=ROWS)
        coming = [name for name in wanted if name in moved or name not in self.seats]
        Seat.objects.bulk_create(
            [
                Seat(
                    round=self.round,
                    group=wanted[name],
                    attendee=self.attendees[name],
                    seated_at=moment,
                    late=name in self.late,
                )
                for name in coming
            ],
            batch_size=ROWS,
        )
        self.give_links({at[place]: names for place, names in enumerate(self.places) if names}, coming)
        changed = {seat.group_id for seat in ended} | {wanted[name].pk for name in coming}
        beside = [self.attendees[name] for name, group in wanted.items() if group.pk in changed]
        return [group for group in at.values() if group.pk in changed], [*beside, *(seat.attendee for seat in ended)]

    def give_links(self, members: Mapping[Group, tuple[str, ...]], coming: list[str]) -> None:
        """A video address for a group that somebody has just come to, where one of them is remote."""
        template = options.of(self.round.segment).video_link
        for group, names in members.items() if template else ():
            if not group.link and not set(coming).isdisjoint(names):
                group.link = link_for([self.attendees[name] for name in names], template)
                group.save(update_fields=["link"])

    def free_places(self) -> list[int]:
        return [place for place in range(len(self.places)) if not self.is_fixed(place)]

    def is_fixed(self, place: int) -> bool:
        return place < len(self.groups) and self.groups[place].fixed

    def people(self) -> dict[str, Person]:
        return {name: queries.person(one) for name, one in self.attendees.items()}


@transaction.atomic
def swap(event: Event, one_id: str, other_id: str, *, by: Crew | None = None) -> None:
    """By a host's hand: two people change places, and both groups stay as they are from now on.

    Refuses `not_here` (404) and `same_group` (409).
    """
    event = held(event, by, "lead_rounds")
    round = queries.open_round(event, to_write=True)
    if round is None:
        raise not_here()
    seats = {
        seat.attendee.public_id: seat
        for seat in round.seats.filter(left_at=None, attendee__public_id__in=[one_id, other_id]).select_related(
            "attendee", "group"
        )
    }
    if seats.keys() != {one_id, other_id}:
        raise not_here()
    one, other = seats[one_id], seats[other_id]
    if one.group_id == other.group_id:
        raise Refusal("same_group", _("These two are in the same group."))
    moment = clock.now()
    for seat in (one, other):
        seat.left_at, seat.why_left = moment, Why.MOVED
        seat.save(update_fields=["left_at", "why_left"])
    for seat, group in ((one, other.group), (other, one.group)):
        Seat.objects.create(round=round, group=group, attendee=seat.attendee, seated_at=moment)
    Group.objects.filter(pk__in=[one.group_id, other.group_id]).update(fixed=True)
    changed = [group for group in queries.groups_of(round) if group.pk in (one.group_id, other.group_id)]
    everybody = members_of(changed)
    acted(event, by, "swap", number=round.number)
    tell("groups.swapped", event, touched=everybody, changed=changed, people=everybody)


@transaction.atomic
def note_outlook(event: Event, round: Round) -> None:
    """How many fresh rounds are left, worked out after the opening: it may take a tenth of a second."""
    outlook = queries.outlook(event, round)
    if Round.objects.filter(pk=round.pk, outlook=None).update(outlook=outlook):
        tell("outlook.noted", event)
