"""Erasing a whole event, by hand or because its day has come, and what else is tidied up once a day."""

import logging
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q

from apps.core import clock, idempotency, limits
from apps.core.traces import wash_soon
from apps.live import failpoints, publish

from .. import queries, retention, roles, signals
from ..models import Crew, Event
from ..roles import Role
from .rights import at_the_door, require_still

log = logging.getLogger(__name__)

# Each failed try means that somebody wrote something in the very instant.
TRIES = 5


def erase_event(event: Event, *, by: Crew | None = None) -> None:
    """Everything of the event is gone, and whoever has it open is told; without `by` its day has come. Twice is once.

    Rows of every app, streams, stored answers, and the accounts of crew who were crew nowhere else, with their sessions
    and sign-in links; files go by `event_erased`. Refuses `not_allowed` (403).
    """
    if by is not None:
        roles.require(Role(by.role), "erase_event")
    for left in reversed(range(TRIES)):
        try:
            try_erase(event, by)
        except (IntegrityError, OperationalError):
            # The latter: the database broke a circle of waiting by letting go of us.
            if not left:
                raise
        else:
            return


@transaction.atomic
def try_erase(event: Event, by: Crew | None = None) -> None:
    at_the_door(event, to_shut=True)
    # People first: whoever does something holds their own row and then waits to publish, which we are about to do.
    list(event.attendees.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    # Locked as what goes: whoever would point at it from now on waits, and then finds nothing.
    held = Event.objects.select_for_update().filter(pk=event.pk).first()
    if held is None:
        return
    if by is not None:
        require_still(by, "erase_event")
    # Locked as what goes: whoever makes them crew elsewhere, or gives them a password, has done so or finds nobody.
    list(get_user_model().objects.select_for_update().filter(crew_of__event=held).order_by("pk").values_list("pk"))
    signals.event_erased.send(Event, event=held, at=clock.now())
    publish.close_event(held.code, end_of_copy() if held.rehearsal else None)
    accounts = accounts_of_nothing_else(held)
    held.delete()
    end_sessions(accounts)
    get_user_model().objects.filter(pk__in=accounts).delete()
    idempotency.forget_event(held.code)
    limits.forget_idle()
    failpoints.reach("erasing")
    wash_soon()


def end_of_copy() -> datetime:
    """As if it had been erased nearly as long ago as erased events are remembered."""
    return clock.now() - retention.REMEMBERED + retention.COPY_REMEMBERED


def bury() -> int:
    """Forget the codes of events that were erased long enough ago; returns how many streams they had."""
    return publish.bury(Event.objects.values_list("code", flat=True), clock.now() - retention.REMEMBERED)


def accounts_of_nothing_else(event: Event) -> list[int]:
    """Accounts made by being asked onto this crew: their name is all there is to them, and nobody needs it any more."""
    elsewhere = Crew.objects.exclude(event=event).values("user")
    made = get_user_model().objects.filter(crew_of__event=event).exclude(Q(is_staff=True) | Q(is_superuser=True))
    return [user.pk for user in made.exclude(pk__in=elsewhere).distinct() if not user.has_usable_password()]


def end_sessions(accounts: list[int]) -> None:
    wanted = {str(pk) for pk in accounts}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in wanted:
            session.delete()


def erase_due() -> int:
    """Erase the events whose day has come; returns how many."""
    due = queries.due()
    for event in due:
        erase_event(event)
    return len(due)


def turn_day() -> None:
    """What is done once a day; one line in the log says how much of it, and never of whom."""
    counts = {
        "events erased": erase_due(),
        "stored answers": idempotency.forget_old(),
        "limits": limits.forget_idle(),
        "ended streams": bury(),
        "sessions": forget_sessions(),
        "left-over files": forget_files(),
    }
    log.info("a new day: %s", ", ".join(f"{count} {what}" for what, count in counts.items()))


def forget_sessions() -> int:
    before = Session.objects.count()
    call_command("clearsessions")
    return before - Session.objects.count()


def forget_files() -> int:
    """What other apps keep beside their rows; one that fails does not keep the others from it."""
    removed = 0
    for receiver, answer in signals.day_turned.send_robust(Event, at=clock.now()):
        if isinstance(answer, Exception):
            log.error("tidying up failed: %s in %s", type(answer).__name__, receiver.__module__)
        else:
            removed += answer or 0
    return removed
