"""Who of the crew is here: has a console open, at whichever process its socket ends."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from apps.core import clock
from apps.events.models import Crew
from apps.events.presence import LATELY
from apps.live.hints import this_process
from apps.live.streams import owner

from .models import Console


def note_heard(streams: list[str], **_signal: Any) -> None:
    """Receiver of `apps.live.signals.heard`: these members have a console open at this process."""
    if not (ids := members_of(streams)):
        return
    moment = clock.now()
    # A member may go in this very instant, with the whole event: then there is nobody to be here.
    with suppress(IntegrityError), transaction.atomic():
        Console.objects.bulk_create(
            [
                Console(member=one, process=this_process, heard_at=moment)
                for one in Crew.objects.filter(public_id__in=ids, revoked_at=None)
            ],
            update_conflicts=True,
            update_fields=["heard_at"],
            unique_fields=["member", "process"],
        )
    # Of processes that ended without a word.
    Console.objects.filter(heard_at__lt=moment - LATELY).delete()


def note_left(streams: list[str], **_signal: Any) -> None:
    """Receiver of `apps.live.signals.left`: the last console that these members had open at this process is closed."""
    if ids := members_of(streams):
        Console.objects.filter(member__public_id__in=ids, process=this_process).delete()


def here(codes: list[str]) -> dict[str, list[str]]:
    """The ids of the members who are here, by event."""
    found = Console.objects.filter(member__event__code__in=codes, member__revoked_at=None)
    found = found.filter(heard_at__gte=clock.now() - LATELY)
    ids: dict[str, set[str]] = {code: set() for code in codes}
    for code, member in found.values_list("member__event__code", "member__public_id"):
        ids[code].add(member)
    return {code: sorted(some) for code, some in ids.items()}


def members_of(streams: list[str]) -> list[str]:
    owners = [owner(name) for name in streams]
    return [mine[1] for mine in owners if mine and mine[0] == "member"]
