"""What the tables of an installation say of its rounds, asked by `server.manage(("tests.matching.tables", CODE))`.

Tells `{"seated": [n], "open": n, "differing": [stream]}`: how many people each round seated, how many rounds are open,
and the streams whose stored documents are not what the tables say. Then everybody is noted as heard from just now, as
their open phones would have it.
"""

import json

import orjson

from apps.core import clock
from apps.events.models import Attendee, Event
from apps.live import queries, sources


def tables(code: str) -> dict[str, object]:
    event = Event.objects.get(code=code)
    recomputed = sources.gather(code)
    stored = {
        name: {key: orjson.loads(body) for key, body in snapshot.documents.items()}
        for name, snapshot in queries.snapshots(recomputed).items()
    }
    rounds = event.rounds.order_by("number")
    return {
        "seated": [one.seats.values("attendee").distinct().count() for one in rounds],
        "open": rounds.filter(closed_at=None).count(),
        "differing": [name for name, documents in recomputed.items() if stored[name] != documents],
    }


def note_heard(code: str) -> None:
    Attendee.objects.filter(event__code=code).update(seen_at=clock.now())


def told(code: str) -> str:
    found = json.dumps(tables(code))
    note_heard(code)
    return found
