"""Publishing what changed of a bowl: its public document, and each touched slip to the crew and to its owner."""

from collections.abc import Iterable

from apps.events.models import Event
from apps.live import publish, streams

from .. import queries
from ..models import Bowl, Slip


def tell(because: str, event: Event, bowl: Bowl, slips: Iterable[Slip] = ()) -> None:
    """Last in a write's transaction."""
    changes: dict[str, dict[str, object | None]] = {
        streams.public(event.code): {queries.key_of(bowl): queries.public_document(bowl)}
    }
    for slip in slips:
        for stream, keyed in queries.documents_of_slip(event.code, slip).items():
            changes.setdefault(stream, {}).update(keyed)
    publish.publish_each(because, changes)
