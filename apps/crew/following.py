"""What the crew does is written down in the transaction of the deed: both stand, or neither."""

from typing import Any

from apps.core import clock
from apps.events.models import Crew, Event

from .models import Deed


def crew_acted(*, event: Event, by: Crew, deed: str, about: dict[str, Any], **_signal: Any) -> None:
    Deed.objects.create(event=event, by=by, deed=deed, about=about, at=clock.now())
