"""For a change that touches what many documents are computed from: publishes those that are other ones now."""

from . import sources
from .models import Document
from .publish import encode, pass_gates, publish_each

Changes = dict[str, dict[str, object | None]]


def retell(code: str, because: str) -> None:
    """Publish every document of the event that the tables tell otherwise than its streams do, and remove what is gone.

    Called last in the transaction of the change, in place of `publish`; costs what computing the whole event costs.
    """
    pass_gates({code})
    sheaf = sources.gather(code)
    rows = Document.objects.filter(stream__scope=code, stream__closed_at=None, body__isnull=False)
    told = {(stream, key): body for stream, key, body in rows.values_list("stream__name", "key", "body")}
    changes: Changes = {}
    for stream, documents in sheaf.items():
        for key, document in documents.items():
            if told.pop((stream, key), None) != encode(document):
                changes.setdefault(stream, {})[key] = document
    for stream, key in told:
        changes.setdefault(stream, {})[key] = None
    if changes:
        publish_each(because, changes)
