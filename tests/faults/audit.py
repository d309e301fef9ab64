"""Looks into an installation's database beside its server; asked of `tests.servers.commands`.

`told` gives JSON:
`{"differing": [stream], "step": n, "moves": [id], "attendees": {id: [name, spot]}, "slips": [name], "mine": [id]}`;
`differing` are streams whose stored documents are not what the tables say.
"""

import json

import orjson

from apps.bowl.models import Slip
from apps.events.models import Attendee, Event, Move
from apps.live import queries, sources


def told(code: str) -> str:
    recomputed = sources.gather(code)
    stored = {
        name: {key: orjson.loads(body) for key, body in snapshot.documents.items()}
        for name, snapshot in queries.snapshots(recomputed).items()
    }
    slips = Slip.objects.filter(bowl__segment__event__code=code)
    found = {
        "differing": [name for name, documents in recomputed.items() if stored[name] != documents],
        "step": Event.objects.get(code=code).step,
        "moves": list(Move.objects.filter(event__code=code).order_by("pk").values_list("public_id", flat=True)),
        "attendees": {
            one.public_id: [one.name, one.spot] for one in Attendee.objects.filter(event__code=code).order_by("pk")
        },
        "slips": list(slips.filter(attendee=None).values_list("name", flat=True)),
        "mine": list(slips.exclude(attendee=None).values_list("attendee__public_id", flat=True)),
    }

    return json.dumps(found)
