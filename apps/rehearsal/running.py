"""Rehearsals that hosts ask for in the browser: asked for, begun by some process of the server, watched, removed.

Each runs in a process of its own (`child.py`), so that a slow one never holds up those who are really there. Its row
says how it goes and is its lease: whichever of the processes dies, the copies are erased by the errand below.
"""

import logging
import subprocess
import sys
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import address, clock, errands, idempotency
from apps.core.refusal import Refusal
from apps.core.traces import wash_soon
from apps.events import actions, queries, retention
from apps.events.actions.rights import hold
from apps.events.models import Crew, Event
from apps.live.models import Stream

from .models import Rehearsal

log = logging.getLogger(__name__)
NAME = "rehearsals"
State = Rehearsal.State
UNDER_WAY = (State.ASKED, State.RUNNING)
# They share the computer with those who are really there.
MOST_AT_ONCE = 2
# Whoever is really there goes first.
NICENESS = 19
# Whoever did not say for so long how it goes has died, and the process that began it as well: that would have noticed.
LEASE = timedelta(minutes=2)
# A copy of which nobody was heard for so long was left behind: by a command that was killed, or on another computer.
LEFT_BEHIND = timedelta(minutes=10)
# While there is something that may be left behind, this is how often it is looked for.
LOOK = timedelta(seconds=10)


# Asked for by hosts


@transaction.atomic
def start(event: Event, *, by: Crew, people: int, speed: int, among_people: bool) -> Rehearsal:
    """So many simulated people, `speed` times as fast as the programme; a server process begins it in a moment.

    Refuses `not_allowed` (403), `people_are_here` (409) unless `among_people` confirms it, and `busy` (409) while this
    event is rehearsed, or too many others are.
    """
    hold(event, by, "rehearse")
    if under_way().filter(event=event).exists():
        raise Refusal("busy", _("A rehearsal of this event is under way."))
    if not among_people:
        refuse_among_people(event)
    give_up(event)
    # Its row is held from here on: of hosts who ask at once, each counts those before. Whoever makes a copy asks last
    # as well, holding their account: what is erased above, copies and accounts, is held before it.
    errands.ask(NAME)
    if under_way().count() >= MOST_AT_ONCE:
        raise Refusal("busy", _("Other events are being rehearsed on this server. Try again in a few minutes."))
    moment = clock.now()
    return Rehearsal.objects.create(event=event, by=by, people=people, speed=speed, asked_at=moment, heard_at=moment)


def refuse_among_people(event: Event) -> None:
    """Refuses `people_are_here` (409)."""
    here = queries.attendees_of(event).filter(left_at=None).count()
    if here:
        who = ngettext("%(count)d person has joined this event.", "%(count)d people have joined this event.", here)
        said = who % {"count": here}
    elif event.started_at and not event.ended_at:
        said = _("This event is live.")
    elif others_live(event):
        said = _("Another event on this server is live.")
    else:
        return
    meant = _(
        "A rehearsal touches nothing of it, but the same server carries both: screens may become slower meanwhile."
    )
    raise Refusal("people_are_here", " ".join([said, meant]))


def others_live(event: Event) -> bool:
    """Whether another evening is going on; one that nobody ended is over by the next day."""
    lately = clock.now() - timedelta(days=1)
    going = Event.objects.filter(rehearsal="", started_at__gt=lately, ended_at=None, archived_at=None)
    return going.exclude(pk=event.pk).exists()


@transaction.atomic
def stop(event: Event, *, by: Crew) -> Rehearsal | None:
    """Have the running one end, and its copies erased. Twice is once; refuses `not_allowed` (403)."""
    hold(event, by, "rehearse")
    theirs = Rehearsal.objects.filter(event=event)
    theirs.filter(state=State.ASKED).update(state=State.STOPPED, stop_asked=True, ended_at=clock.now())
    theirs.filter(state=State.RUNNING).update(stop_asked=True)
    return theirs.first()


def remove(event: Event, *, by: Crew) -> None:
    """Nothing is left of it: the report, and the copies of one that was cut off. Twice is once.

    Refuses `not_allowed` (403) and `still_running` (409).
    """
    with transaction.atomic():
        hold(event, by, "rehearse")
        if under_way().filter(event=event).exists():
            raise Refusal("still_running", _("The rehearsal is still running. Stop it first."))
        give_up(event)


def give_up(event: Event) -> None:
    """The row of one that has ended goes, and first what only the row leads to."""
    for row in Rehearsal.objects.filter(event=event):
        erase_copies(row)
        row.delete()
        # The one that was given to whoever asked for it.
        idempotency.forget_answers(rehearsal__id=row.public_id)
        wash_soon()


def under_way() -> QuerySet[Rehearsal]:
    """Those that have not ended, and whose process lives."""
    return Rehearsal.objects.filter(state__in=UNDER_WAY, heard_at__gt=clock.now() - LEASE)


def state_of(row: Rehearsal) -> State:
    """As it is now: one that says nothing any more was cut off, whether or not that was noticed yet."""
    is_silent = row.state in UNDER_WAY and row.heard_at <= clock.now() - LEASE
    return State.CUT_OFF if is_silent else State(row.state)


# Looked after by whichever process of the server comes first


def look_after() -> datetime | None:
    """The errand: find those that were cut off, erase what is left of them, begin those that were asked for."""
    moment = clock.now()
    silent = Rehearsal.objects.filter(state__in=UNDER_WAY, heard_at__lte=moment - LEASE)
    silent.update(state=State.CUT_OFF, ended_at=moment)
    for row in Rehearsal.objects.filter(state=State.CUT_OFF):
        erase_copies(row)
    for copy in left_behind(moment):
        actions.erase_event(copy)
    if actions.bury():
        wash_soon()
    for row in Rehearsal.objects.filter(state=State.ASKED):
        begin(row)
    return moment + LOOK if is_something_left(moment) else None


def erase_copies(row: Rehearsal) -> None:
    for copy in Event.objects.filter(rehearsal=row.public_id):
        actions.erase_event(copy)


def left_behind(moment: datetime) -> QuerySet[Event]:
    """Copies that nobody lives on who says so."""
    lately = moment - LEFT_BEHIND
    copies = Event.objects.exclude(rehearsal="").exclude(rehearsal__in=under_way().values("public_id"))
    heard = copies.filter(created_at__lt=lately).annotate(heard_at=Max("attendees__seen_at"))
    return heard.filter(Q(heard_at=None) | Q(heard_at__lt=lately))


def is_something_left(moment: datetime) -> bool:
    closed = moment - retention.REMEMBERED + retention.COPY_REMEMBERED
    return (
        Rehearsal.objects.filter(state__in=UNDER_WAY).exists()
        or Event.objects.exclude(rehearsal="").exists()
        or Stream.objects.filter(closed_at__lte=closed).exists()
    )


def begin(row: Rehearsal) -> None:
    """In a process of its own, by this server's address; nothing where another process was faster."""
    asked = Rehearsal.objects.filter(public_id=row.public_id, state=State.ASKED)
    if asked.update(state=State.RUNNING, heard_at=clock.now()):
        base = settings.ORIGINS[0] if settings.ORIGINS else address.of_this_process()
        command = [sys.executable, "-m", "apps.rehearsal", row.public_id, base, str(NICENESS)]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)
        threading.Thread(target=see_off, args=(process, row), name="a rehearsal", daemon=True).start()


def see_off(process: "subprocess.Popen[bytes]", row: Rehearsal) -> None:
    """Wait for its end: one that did not say how it ended was cut off."""
    process.wait()
    try:
        running = Rehearsal.objects.filter(public_id=row.public_id, state=State.RUNNING)
        if running.update(state=State.CUT_OFF, ended_at=clock.now()):
            errands.ask(NAME)
    except DatabaseError as error:
        log.warning("the end of a rehearsal could not be noted (%s)", type(error).__name__)
    finally:
        connections.close_all()


def copy_was_made(copy: Event, **_news: object) -> None:
    """Receiver of `event_copied`: whatever becomes of whoever made it, it does not stay."""
    errands.ask(NAME)
