"""A bowl opens with the event, closes with its segment, and shows its seed once nobody can come back to it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.events.actions.crewing import acted
from apps.events.actions.rights import hold, still
from apps.events.models import Attendee, Crew, Event, Segment
from apps.live import publish, streams

from .. import drawing, queries
from ..models import Bowl
from .telling import tell

# A host who went on by mistake has come back by then; a seed once shown cannot be hidden again.
REVEAL_AFTER_SECONDS = 60


@transaction.atomic
def open_bowl(event: Event, segment: Segment, *, by: Crew | None = None) -> Bowl:
    """Make and commit to a seed, or open a closed bowl again. Twice is once; refuses `revealed` (409)."""
    hold(event, by, "lead_bowl")
    bowl = Bowl.objects.select_for_update().filter(segment=segment).first()
    if bowl is None:
        bowl = Bowl(segment=segment, opened_at=clock.now())
        bowl.commitment = drawing.commitment(bowl.seed)
        bowl.save()
        acted(event, by, "open_bowl", segment=segment.public_id)
        tell("bowl.opened", event, bowl)
        return bowl
    if bowl.revealed_at:
        raise Refusal("revealed", _("This bowl has shown its seed. No more names can be drawn from it."))
    if bowl.closed_at:
        bowl.closed_at = None
        bowl.save(update_fields=["closed_at"])
        acted(event, by, "open_bowl", segment=segment.public_id)
        tell("bowl.opened", event, bowl)
    return bowl


@transaction.atomic
def close_bowl(event: Event, segment: Segment, *, by: Crew | None = None) -> None:
    """No more slips and draws; its seed follows, see `reveal_after`. Twice is once; one that never opened stays so."""
    hold(event, by, "lead_bowl")
    bowl = Bowl.objects.select_for_update().filter(segment=segment).first()
    if bowl and bowl.closed_at is None:
        bowl.closed_at = clock.now()
        bowl.save(update_fields=["closed_at"])
        acted(event, by, "close_bowl", segment=segment.public_id)
        tell("bowl.closed", event, bowl)


def reveal_due(code: str) -> None:
    """Show the seeds of bowls that have been closed long enough; a tick, so any process may win."""
    closed = Bowl.objects.select_related("segment__event").filter(segment__event__code=code, closed_at__isnull=False)
    for bowl in list(closed.filter(revealed_at=None)):
        if bowl.closed_at and bowl.closed_at <= clock.now() - reveal_after(bowl):
            reveal(bowl)


@transaction.atomic
def reveal(bowl: Bowl) -> None:
    moment = clock.now()
    still_due = Bowl.objects.filter(pk=bowl.pk, revealed_at=None, closed_at__lte=moment - reveal_after(bowl))
    if still_due.update(revealed_at=moment):
        shown = Bowl.objects.select_related("segment__event").get(pk=bowl.pk)
        tell("bowl.revealed", shown.segment.event, shown)


def reveal_after(bowl: Bowl) -> timedelta:
    """How long its seed stays secret once it is closed, from the programme."""
    return timedelta(seconds=bowl.segment.options.get("seed_after_seconds", REVEAL_AFTER_SECONDS))


def open_one(event: Event, segment: str, by: Attendee | Crew | None, action: str = "lead_bowl") -> Bowl:
    """The bowl, locked, if names can be put in and drawn now, by who may still do that.

    Refuses `not_here` (404), `bowl_closed` (409) and what `rights.still` does.
    """
    bowl = locked(event, segment, by, action)
    if bowl.closed_at:
        raise Refusal("bowl_closed", _("This bowl is closed."))
    return bowl


def locked(event: Event, segment: str, by: Attendee | Crew | None, action: str = "lead_bowl") -> Bowl:
    """The bowl, until the transaction ends; refuses `not_here` (404) and what `rights.still` does."""
    still(event, by, action)
    return queries.find_bowl(event, segment, to_write=True)


def forget_bowls(event: Event, segments: Iterable[str]) -> None:
    """Of removed segments, whose bowls went with them: nothing was in there, so only the public was told of them."""
    gone = dict.fromkeys(f"bowl/{segment}" for segment in segments)
    if gone:
        publish.publish(streams.public(event.code), "bowl.removed", gone)
