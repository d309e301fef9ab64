"""Makes the streams of one event anew from its domain tables, after a repair or a change of shapes."""

from functools import partial

from django.db import transaction

from . import sources
from .announce import announce
from .models import Document, Stream, new_epoch
from .publish import ROWS, encode, take_counters, write_documents


def rebuild(code: str) -> int:
    """Give every open stream of the event a new epoch and freshly computed documents; returns how many streams.

    The counters are taken first here: a writer that has not committed waits, and publishes on top of what we write.
    """
    with transaction.atomic():
        known = set(Stream.objects.filter(scope=code).values_list("name", flat=True))
        take_counters(sorted(known))
        sheaf = sources.gather(code)
        take_counters(sorted(sheaf.keys() - known))
        rows = list(Stream.objects.filter(scope=code, closed_at=None).order_by("name"))
        for row in rows:
            row.epoch = new_epoch()
        Stream.objects.bulk_update(rows, ["epoch"], batch_size=ROWS)
        Document.objects.filter(stream__in=[row.pk for row in rows]).delete()
        write_documents(
            [
                (row.pk, key, row.version, "stream.rebuilt", encode(document))
                for row in rows
                for key, document in sheaf.get(row.name, {}).items()
            ]
        )
        transaction.on_commit(partial(announce, {row.name: row.version for row in rows}), robust=True)
    return len(rows)
