"""What a person in the icebreaker says: we found each other, they are not here, I sit out, we know each other."""

from itertools import combinations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.events import signals
from apps.events.actions.rights import held, locked_and_in
from apps.events.models import Attendee, Event
from apps.events.queries import not_here

from .. import documents, queries
from ..models import Acquaintance, Group, Round, Seat, SittingOut
from .settling import settle
from .telling import last_groups, members_of, tell, tell_people


@transaction.atomic
def found(event: Event, attendee: Attendee) -> None:
    """“We found each other”, for all who sit in the group now. Twice is once; refuses `no_group` (409)."""
    attendee, event = asked(event, attendee)
    group = my_group(event, attendee)
    if group.seats.filter(left_at=None, found_at=None).update(found_at=clock.now()):
        members = members_of([group])
        signals.people_met.send(Group, event=event, pairs=list(combinations(members, 2)))
        tell("group.found", event, touched=members, changed=[group], people=members)


@transaction.atomic
def absent(event: Event, attendee: Attendee, other_id: str) -> None:
    """“They are not here”: the other one loses the seat at once, and may say that they are here after all.

    Twice is once; refuses `no_group` (409) and `not_here` (404: nobody of this group).
    """
    attendee, event = asked(event, attendee)
    if SittingOut.objects.filter(event=event, attendee__public_id=other_id, not_found=True).exists():
        return
    group = my_group(event, attendee)
    seat = next((one for one in group.everyone if one.attendee.public_id == other_id), None)
    if seat is None or seat.attendee_id == attendee.pk:
        raise not_here()
    if seat.left_at:
        return
    SittingOut.objects.get_or_create(
        attendee=seat.attendee, defaults={"event": event, "since": clock.now(), "not_found": True}
    )
    settle(event, absent={seat.attendee_id: Seat.Why.ABSENT})


@transaction.atomic
def sit_out(event: Event, attendee: Attendee) -> None:
    """Not matched until further notice. Twice is once."""
    attendee, event = asked(event, attendee)
    _row, is_new = SittingOut.objects.get_or_create(attendee=attendee, defaults={"event": event, "since": clock.now()})
    if is_new:
        settle(event)
        tell("attendee.sat_out", event, touched=[attendee])


@transaction.atomic
def join_in(event: Event, attendee: Attendee) -> None:
    """Matched again, into the open round if there is one. Twice is once."""
    attendee, event = asked(event, attendee)
    if SittingOut.objects.filter(attendee=attendee).delete()[0]:
        settle(event)
        tell("attendee.joined_in", event, touched=[attendee])


@transaction.atomic
def know(event: Event, attendee: Attendee, other_id: str) -> None:
    """“We already know each other”: kept apart from the next round on, and seen by the one who said it alone.

    Twice is once. Refuses `not_here` (404).
    """
    attendee, event = asked(event, attendee)
    other = event.attendees.filter(public_id=other_id, removed_at=None).exclude(pk=attendee.pk).first()
    if other is None or not have_sat_together(event, attendee, other):
        raise not_here()
    _row, is_new = Acquaintance.objects.get_or_create(giver=attendee, other=other, defaults={"event": event})
    if is_new:
        tell_people("acquaintance.noted", event, attendee)


@transaction.atomic
def unknow(event: Event, attendee: Attendee, other_id: str) -> None:
    """Taken back; twice is once."""
    attendee, event = asked(event, attendee)
    if Acquaintance.objects.filter(giver=attendee, other__public_id=other_id).delete()[0]:
        tell_people("acquaintance.dropped", event, attendee)


@transaction.atomic
def erase(event: Event, attendee: Attendee) -> None:
    """Every trace of a person here; who met them or sat with them is told what is left."""
    event = held(event)
    met = queries.met_by([attendee])[attendee.pk]
    givers = list(Attendee.objects.filter(acquaintances__other=attendee))
    affected = [*met, *givers]
    round, groups = last_groups(event)
    theirs = [group for group in groups if any(seat.attendee_id == attendee.pk for seat in group.everyone)]
    beside = [one for one in members_of(theirs) if one.pk != attendee.pk]
    has_sat = Seat.objects.filter(attendee=attendee).exists()
    Acquaintance.objects.filter(Q(giver=attendee) | Q(other=attendee)).delete()
    SittingOut.objects.filter(attendee=attendee).delete()
    Seat.objects.filter(attendee=attendee).delete()
    for one in Round.objects.filter(event=event):
        forget_in(one, attendee.public_id)
    if has_sat or affected or round:
        tell("attendee.erased", event, touched=beside, changed=theirs, people=affected)


def forget_in(round: Round, public_id: str) -> None:
    """Their random id stays out of records, too: rosters, plans and reports are about who is left."""
    round.roster = [one for one in round.roster if one[0] != public_id]
    round.waiting = [one for one in round.waiting if one != public_id]
    round.reports = [one for one in round.reports if public_id not in one["ids"]]
    for plan in round.plans:
        plan["seats"] = ["" if seat == public_id else seat for seat in plan["seats"]]
    round.save(update_fields=["roster", "waiting", "reports", "plans"])


def asked(event: Event, attendee: Attendee) -> tuple[Attendee, Event]:
    """Who asks, if they were not removed, and the event: rounds of one are changed one after the other."""
    return locked_and_in(event, attendee), held(event)


def my_group(event: Event, attendee: Attendee) -> Group:
    round = queries.last_round(event)
    # Of a thousand people each asks for one group: not for all of them.
    for group in queries.groups_with(round, [attendee]) if round else []:
        if any(seat.attendee_id == attendee.pk for seat in documents.seats_of(group)):
            return group
    raise Refusal("no_group", _("You are in no group just now."))


def have_sat_together(event: Event, attendee: Attendee, other: Attendee) -> bool:
    """Only who has been in a group of theirs can be named: anything else would be a way to look for people."""
    mine = Seat.objects.filter(round__event=event, attendee=attendee).values("group_id")
    return Seat.objects.filter(group_id__in=mine, attendee=other).exists()
