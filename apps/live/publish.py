"""The one way into a stream. Called by actions, inside their transaction, last.

The counter row is taken last so that its lock is short, and because versions then follow commit order: whoever
reads version 13 can be sure that no 12 is still to come.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

import orjson
from django.db import connection, transaction

from apps.core import clock

from . import failpoints, streams
from .announce import announce
from .models import Document, Stream, new_epoch

Documents = Mapping[str, object | None]

# Rows of one statement; SQLite takes 32,766 parameters, five a row.
ROWS = 500


def publish(stream: str, because: str, documents: Documents) -> int:
    """Replace (or, with None, remove) documents of one stream by key; returns its new version.

    `because` is a message in the past tense, such as `segment.entered`. Raises outside a transaction. A closed stream
    takes nothing in. An action that changes several streams uses `publish_each`, so that rows are locked in one order.
    """
    return publish_each(because, {stream: documents})[stream]


def publish_each(because: str, changes: Mapping[str, Documents]) -> dict[str, int]:
    """Publish to many streams at once, in a few queries; returns their new versions by name."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("publish belongs into the transaction of the change it tells of")
    bodies = {name: {key: encode(document) for key, document in keyed.items()} for name, keyed in changes.items()}
    rows = take_counters(sorted(changes))
    write_documents(
        [
            (row_id, key, version, because, body)
            for row_id, name, version, closed in rows
            if not closed
            for key, body in bodies[name].items()
        ]
    )
    versions = {name: version for _row_id, name, version, _closed in rows}
    transaction.on_commit(partial(announce, versions), robust=True)
    failpoints.reach("published")
    return versions


def close(names: Iterable[str], at: datetime | None = None) -> None:
    """Close streams for ever: their texts are deleted, their sockets closed within a second, a new hello refused."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("close belongs into the transaction of the change it tells of")
    rows = take_counters(sorted(set(names)))
    ids = [row_id for row_id, _name, _version, _closed in rows]
    them = Stream.objects.filter(id__in=ids)
    if at:
        them.update(closed_at=at)
    else:
        them.filter(closed_at=None).update(closed_at=clock.now())
    Document.objects.filter(stream__in=ids).delete()
    transaction.on_commit(partial(announce, {name: version for _id, name, version, _closed in rows}), robust=True)


def begin_anew(name: str) -> None:
    """Let a personal stream begin another life with the documents it has: it has passed into other hands.

    Whoever hears it is asked to come back within a second, and is judged anew then.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("this belongs into the transaction of the change it tells of")
    [(row_id, _name, version, _closed)] = take_counters([name])
    Stream.objects.filter(id=row_id).update(epoch=new_epoch())
    transaction.on_commit(partial(announce, {name: version}), robust=True)


def close_event(scope: str, at: datetime | None = None) -> None:
    """Close every stream of an event for ever; whoever listens is told that it is over and erased.

    `at` is an instant in the past where its code need not be remembered for as long as others: see `bury`.
    """
    pass_gates({scope})
    close(Stream.objects.filter(scope=scope).values_list("name", flat=True), at)


def bury(existing: Iterable[str], before: datetime) -> int:
    """Delete closed streams of events that are not among the existing ones; returns how many.

    By `before` every hub has heard of their end, and no screen is left to be told.
    """
    return Stream.objects.filter(closed_at__lt=before).exclude(scope__in=list(existing)).delete()[0]


def encode(document: object | None) -> str | None:
    """JSON text as it is stored and sent. Instants must be text already (`clock.iso`), so that there is one form."""
    if document is None:
        return None
    return orjson.dumps(document, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def pass_gates(scopes: set[str]) -> None:
    """Wait for other writers of these events; held until the commit. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for scope in sorted(scopes):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [scope])


def take_counters(names: Sequence[str]) -> list[tuple[int, str, int, bool]]:
    """Raise the counters of streams, made where they are missing; rows of (id, name, version, is closed).

    Names come sorted, and one writer of an event is let in at a time: an action and the apps that follow its signals
    publish one after the other in one transaction, and two such must not wait for each other in a circle.
    """
    pass_gates({streams.scope(name) for name in names})
    taken: list[tuple[int, str, int, bool]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(names), ROWS):
            some = names[start : start + ROWS]
            values = ", ".join(["(%s, %s, %s, 1)"] * len(some))
            parameters = [value for name in some for value in (name, streams.scope(name), new_epoch())]
            cursor.execute(
                f"INSERT INTO live_stream (name, scope, epoch, version) VALUES {values} "  # noqa: S608 - only marks
                "ON CONFLICT (name) DO UPDATE SET version = live_stream.version + 1 "
                "RETURNING id, name, version, closed_at",
                parameters,
            )
            # Compared here: SQLite 3.40 gets `closed_at IS NOT NULL` wrong in RETURNING.
            taken += [(row_id, name, version, at is not None) for row_id, name, version, at in cursor.fetchall()]
    return taken


def write_documents(rows: Sequence[tuple[int, str, int, str, str | None]]) -> None:
    """Rows of (stream, key, version, because, body), replacing those of the same stream and key."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO live_document (stream_id, key, version, because, body) VALUES {values} "  # noqa: S608 - only marks
                "ON CONFLICT (stream_id, key) DO UPDATE "
                "SET version = excluded.version, because = excluded.because, body = excluded.body",
                [value for row in some for value in row],
            )
