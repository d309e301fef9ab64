"""Before the evening: is the stage there, does the storage answer, is there room, can mail be sent?"""

import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core import clock
from apps.events.models import Event
from apps.live.streams import owner

from .models import Preflight

# Sockets are noted every 10 seconds: one note may be lost or late.
LATELY = timedelta(seconds=25)
# An evening of pictures is half a gigabyte, and a full disk stops everything.
LEAST_FREE_GB = 1.0
SLOW_MS = 250.0


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    is_well: bool
    sentence: str


def note_heard(streams: list[str], **_signal: Any) -> None:
    """Receiver of `apps.live.signals.heard`: these stages are connected, whichever process they are connected to."""
    stages = [mine[1] for mine in map(owner, streams) if mine and mine[0] == "stage"]
    if stages:
        moment = clock.now()
        Preflight.objects.bulk_create(
            [Preflight(event=event, stage_heard_at=moment) for event in Event.objects.filter(stage_id__in=stages)],
            update_conflicts=True,
            unique_fields=["event"],
            update_fields=["stage_heard_at"],
        )


def look(event: Event) -> Iterable[Finding]:
    """All that the server can find out by itself; a row is written and read for it."""
    began = time.perf_counter()
    moment = clock.now()
    Preflight.objects.update_or_create(event=event, defaults={"looked_at": moment})
    row = Preflight.objects.get(event=event)
    took = (time.perf_counter() - began) * 1000
    yield stage(row)
    yield storage(took, is_kept=row.looked_at == moment)
    yield disk(shutil.disk_usage(settings.VAR).free / 1e9)
    yield mail()


def stage(row: Preflight) -> Finding:
    is_here = row.stage_heard_at is not None and clock.now() - row.stage_heard_at < LATELY
    sentence = (
        _("The stage is connected, and was heard from within the last half minute.")
        if is_here
        else _("No stage was heard from. Open its address on the projector's computer, wait a moment, and check again.")
    )
    return Finding(_("Stage"), is_here, sentence)


def storage(took: float, *, is_kept: bool) -> Finding:
    is_well = is_kept and took < SLOW_MS
    sentence = _("Writing and reading took {ms} ms.") if is_kept else _("What was written could not be read.")
    return Finding(_("Storage"), is_well, sentence.format(ms=round(took)))


def disk(free_gb: float) -> Finding:
    sentence = _("{gb} GB are free on the disk.").format(gb=f"{free_gb:.1f}")
    return Finding(_("Disk"), free_gb >= LEAST_FREE_GB, sentence)


def mail() -> Finding:
    is_set = settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend")
    sentence = (
        _("A mail server is set up.")
        if is_set
        else _("No mail server is set up. Invitations and sign-in links have to be handed over by you.")
    )
    return Finding(_("Mail"), is_set, sentence)
