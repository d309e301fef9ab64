"""What phones, stage and crew are told of rounds.

Names of a group go to its members and the crew; to the stage if the host wants.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from apps.core.clock import iso
from apps.events.models import Attendee

from .models import Group, Round, Seat, SittingOut
from .signs import sign

Document: TypeAlias = dict[str, Any]


def round_(round: Round, groups: int, seated: int, connections: int, names: list[list[str]] | None) -> Document:
    return {
        "id": round.public_id,
        "number": round.number,
        "segment": round.segment.public_id,
        "prompt": round.prompt.public_id if round.prompt else None,
        "state": "closed" if round.closed_at else "open",
        "opened_at": iso(round.opened_at),
        "closes_at": iso(round.closes_at),
        "closed_at": iso(round.closed_at),
        "groups": groups,
        "seated": seated,
        "new_connections": connections,
        "names": names,
    }


def group_for_crew(group: Group) -> Document | None:
    members = seats_of(group)
    if not members:
        return None
    return {
        "id": group.public_id,
        "sign": sign(group.number),
        "link": group.link,
        "fixed": group.fixed,
        "found_at": iso(found_at(group)),
        "members": [
            {
                "id": one.attendee.public_id,
                "name": one.attendee.shown_name,
                "remote": one.attendee.remote,
                "late": one.late,
            }
            for one in members
        ],
    }


def report(round: Round, names: Mapping[str, str]) -> Document:
    """For the host: who waits, which rules could not be kept and why, and how long it goes on without repeats."""
    return {
        "round": round.public_id,
        "waiting": [names.get(one, "") for one in round.waiting],
        "repeats": round.repeats,
        "unavoidable": round.unavoidable,
        "reports": [
            {"code": one["rule"], "message": one["why"], "names": [names.get(name, "") for name in one["ids"]]}
            for one in round.reports
        ],
        "fresh_rounds_left": round.outlook,
    }


def group(round: Round, group: Group, of: Attendee) -> Document:
    """A member's own group: who else is in it, who has gone, and where they meet."""
    return {
        "round": round.public_id,
        "state": "seated",
        "group": group.public_id,
        "sign": sign(group.number),
        "link": group.link,
        "found_at": iso(found_at(group)),
        "members": [member(seat) for seat in everyone_of(group) if seat.attendee_id != of.pk],
    }


def member(seat: Seat) -> Document:
    return {
        "id": seat.attendee.public_id,
        "name": seat.attendee.shown_name,
        "spot": seat.attendee.spot,
        "remote": seat.attendee.remote,
        "gone": seat.why_left or None,
    }


def sitting_out(row: SittingOut) -> Document:
    return {"state": "not_found" if row.not_found else "sitting_out"}


def people(met: Sequence[Attendee], known: Sequence[Attendee]) -> Document:
    """Whom this person has met here, and whom they said they knew."""
    return {
        "met": [{"id": one.public_id, "name": one.shown_name} for one in met],
        "known": [one.public_id for one in known],
    }


def found_at(group: Group) -> datetime | None:
    """Since when all who are seated now have been found; None while somebody who came later has not."""
    instants = [seat.found_at for seat in seats_of(group)]
    return max((one for one in instants if one), default=None) if all(instants) else None


def seats_of(group: Group) -> list[Seat]:
    """The seats that are taken now."""
    return [seat for seat in group.everyone if seat.left_at is None]


def everyone_of(group: Group) -> list[Seat]:
    """Those seated, and those who left and were not seated here again."""
    seats = list(group.everyone)
    here = {seat.attendee_id for seat in seats if seat.left_at is None}
    gone = {seat.attendee_id: seat for seat in seats if seat.left_at and seat.attendee_id not in here}
    return [seat for seat in seats if seat.left_at is None] + [
        seat for seat in gone.values() if seat.why_left != Seat.Why.MOVED
    ]
