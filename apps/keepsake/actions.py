"""Sharing a keepsake with everybody, and counting heads. Nothing here is published to screens."""

import contextlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from apps.core import clock
from apps.events.actions.crewing import acted
from apps.events.actions.rights import hold
from apps.events.models import Attendee, Crew, Event
from apps.events.presence import LATELY

from .models import Headcount, PublicLink, new_token

# Of each event, the last minute that this process has seen to: most ticks end here, without a query.
counted: dict[str, datetime] = {}


@transaction.atomic
def share(event: Event, *, by: Crew | None = None) -> PublicLink:
    """Give the public version an address; the one it has if it has one. Twice is once."""
    hold(event, by, "share_keepsake")
    link, is_new = PublicLink.objects.get_or_create(event=event)
    if is_new:
        acted(event, by, "share_keepsake", shared=True)
    return link


@transaction.atomic
def renew(event: Event, token: str, *, by: Crew | None = None) -> PublicLink | None:
    """Another address instead of `token`, which is worth nothing from then on.

    A press that was meant for an address that is gone already changes nothing: a double tap renews once.
    """
    hold(event, by, "share_keepsake")
    if PublicLink.objects.filter(event=event, token=token).update(token=new_token(), made_at=clock.now()):
        acted(event, by, "renew_keepsake_link")
    return PublicLink.objects.filter(event=event).first()


@transaction.atomic
def stop_sharing(event: Event, *, by: Crew | None = None) -> None:
    """No public version any more, at once. Twice is once."""
    hold(event, by, "share_keepsake")
    if PublicLink.objects.filter(event=event).delete()[0]:
        acted(event, by, "share_keepsake", shared=False)


def count_present(code: str) -> None:
    """A tick: once in a minute of a running event, write down how many are here. Whichever process is first does."""
    minute = clock.now().replace(second=0, microsecond=0)
    if counted.get(code) == minute:
        return
    counted[code] = minute
    event = Event.objects.filter(code=code, started_at__isnull=False, ended_at=None).first()
    if event is None or Headcount.objects.filter(event=event, at=minute).exists():
        return
    here = Attendee.objects.filter(event=event, left_at=None, removed_at=None, seen_at__gte=clock.now() - LATELY)
    heads = here.aggregate(in_room=Count("pk", filter=Q(remote=False)), remote=Count("pk", filter=Q(remote=True)))
    # An event may be erased in between: then nobody counts any more.
    with contextlib.suppress(IntegrityError):
        Headcount.objects.bulk_create([Headcount(event=event, at=minute, **heads)], ignore_conflicts=True)
