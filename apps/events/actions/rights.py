"""Who asks is asked again where it counts: under a lock that whoever takes a right away needs as well.

Between the look-up of a request and its write somebody may have been taken off the crew, become moderator, or been
removed from the event. So every write begins here: of the crew with the event's row, of an attendee with their own.
Rows are locked in the order of attendee, event, wall or bowl, and what hangs on those; streams come last of all. Who
has no row yet, since they are just coming in, is at the door, which comes before all rows.
"""

from django.db import connection

from apps.core.refusals import not_allowed

from .. import identity, queries
from ..identity import Identity
from ..models import Attendee, Crew, Event
from ..roles import WHILE_ARCHIVED, Role


def hold(event: Event, by: Crew | None = None, action: str = "") -> None:
    """The event's row until the commit; and `by` may still do this. Without `by` it is nobody of the crew who acts.

    Refuses `not_here` (404), `not_allowed` (403) and `archived` (409).
    """
    # A lock that leaves the key alone: whoever joins meanwhile does not wait. (SQLite has one writer anyway.)
    if Event.objects.select_for_update(no_key=True).filter(pk=event.pk).values_list("pk").first() is None:
        raise queries.not_here()
    if by:
        require_still(by, action)


def held(event: Event, by: Crew | None = None, action: str = "") -> Event:
    """The same, and the event as it is by now: its segments, moves and rounds are read as of the same step."""
    hold(event, by, action)
    # Lock first and look then: Postgres would join a row it waited for with what stood beside it before.
    return Event.objects.select_related("segment", "prompt", "programme_edited_by").get(pk=event.pk)


def require_still(by: Crew, action: str) -> None:
    """For who holds the event's row: a right that was taken away a moment ago is gone: `not_allowed` (403)."""
    member = Crew.objects.select_related("event").filter(pk=by.pk, revoked_at=None).first()
    if member is None:
        raise not_allowed()
    Identity(member.event, Role(member.role), crew=member).require(action)


def still(event: Event, by: Attendee | Crew | None, action: str) -> None:
    """For what an attendee does as well as the crew, who need a right for it; refuses as `hold` does, and `removed`."""
    if isinstance(by, Attendee):
        locked_and_in(event, by, action)
    else:
        hold(event, by, action)


def at_the_door(event: Event, *, to_shut: bool = False) -> None:
    """The door until the commit: many come in side by side, and whoever is about to shut it waits for those who do."""
    # Not the event's row: whoever comes in would wait for every press there, or whoever shuts it in a circle with those
    # who point at it as they commit. A key of two halves meets none of the gates of `publish`. (SQLite: as above.)
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock" if to_shut else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtext('door'), hashtext(%s))", [event.code])


def locked(event: Event, attendee_id: str) -> Attendee:
    """Their row until the commit; refuses `not_here` (404)."""
    # Rows of other apps may point at theirs meanwhile: whoever writes those holds the event, which we may need next.
    attendee = event.attendees.select_for_update(no_key=True).filter(public_id=attendee_id).first()
    if attendee is None:
        raise queries.not_here()
    return attendee


def locked_and_in(event: Event, attendee: Attendee, action: str = "") -> Attendee:
    """The same of somebody who was not removed since they were looked up, at an event that was not put away since.

    Of what may be done all the same when it was, the `action` is named. Refuses `removed` (403), `archived` (409).
    """
    attendee = locked(event, attendee.public_id)
    if attendee.removed_at:
        raise identity.removed()
    if action not in WHILE_ARCHIVED:
        # Looked at only now: whoever archives has waited for the rows of all attendees, and we for theirs.
        identity.refuse_archived(Event.objects.only("archived_at").get(pk=event.pk))
    return attendee
