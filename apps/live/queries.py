"""Reading streams. Bodies stay the JSON texts they were stored as: they are joined, never parsed or encoded again.

One statement reads everything asked for, so that a version and its documents always belong together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db import connection

from . import streams
from .models import Stream

# Streams of one statement: three parameters each, far below what SQLite and Postgres take.
STREAMS = 500


@dataclass(slots=True)
class Cursor:
    """How far somebody has heard a stream."""

    epoch: str = ""
    since: int = 0


@dataclass(slots=True)
class Snapshot:
    """All there is: key -> JSON text."""

    epoch: str
    version: int
    documents: dict[str, str]
    closed: bool = False


@dataclass(slots=True)
class Changes:
    """What changed after version `since`: key -> JSON text, None where a document was removed."""

    epoch: str
    since: int
    version: int
    because: list[str]
    documents: dict[str, str | None]
    closed: bool = False


@dataclass(slots=True)
class Head:
    """Where a stream stands."""

    epoch: str
    version: int
    closed: bool


def snapshot(stream: str) -> Snapshot:
    """All documents of one stream; a stream nobody has published to is empty, at version 0 of epoch ""."""
    return snapshots([stream])[stream]


def snapshots(names: Iterable[str]) -> dict[str, Snapshot]:
    """Snapshots of several streams in one query, by name."""
    found = read({name: Cursor() for name in names})
    return {name: news for name, news in found.items() if isinstance(news, Snapshot)}


def changes(stream: str, epoch: str, since: int) -> Snapshot | Changes:
    """What somebody at `since` of `epoch` has missed; a snapshot where the epoch is another or lies ahead of us."""
    return read({stream: Cursor(epoch, since)})[stream]


def read(cursors: Mapping[str, Cursor]) -> dict[str, Snapshot | Changes]:
    """What each of these listeners has missed, by stream name."""
    names = list(cursors)
    found: dict[str, Snapshot | Changes] = {}
    for start in range(0, len(names), STREAMS):
        some = names[start : start + STREAMS]
        for name, rows in groupby(rows_since({name: cursors[name] for name in some}), key=itemgetter(0)):
            found[name] = news(cursors[name], list(rows))
    for name in names:
        if name not in found:
            found[name] = Snapshot("", 0, {})
    return found


def heads(scopes: Iterable[str]) -> dict[str, Head]:
    """Where all streams of these events stand, by name."""
    wanted = list(scopes)
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, epoch, version, closed_at IS NOT NULL FROM live_stream WHERE scope IN ({marks})",  # noqa: S608 - only marks
            wanted,
        )
        return {name: Head(epoch, version, bool(closed)) for name, epoch, version, closed in cursor.fetchall()}


def was_erased(scope: str) -> bool:
    """Whether an event of this code was erased so lately that screens may still show it."""
    return Stream.objects.filter(name=streams.public(scope)).exclude(closed_at=None).exists()


def rows_since(cursors: Mapping[str, Cursor]) -> list[tuple]:
    values = ", ".join(["(%s, %s, %s)"] * len(cursors))
    parameters = [value for name, cursor in cursors.items() for value in (name, cursor.epoch, cursor.since)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH wanted (name, epoch, since) AS (VALUES {values})
            SELECT s.name, s.epoch, s.version, s.closed_at IS NOT NULL, d.key, d.because, d.body
            FROM wanted w
            JOIN live_stream s ON s.name = w.name
            LEFT JOIN live_document d ON d.stream_id = s.id
                AND d.version > CASE WHEN s.epoch = w.epoch AND w.since <= s.version THEN w.since ELSE -1 END
            ORDER BY s.name, d.version, d.key
            """,  # noqa: S608 - only marks
            parameters,
        )
        return cursor.fetchall()


def news(cursor: Cursor, rows: list[tuple]) -> Snapshot | Changes:
    _name, epoch, version, closed = rows[0][:4]
    documents = {key: body for *_stream, key, _because, body in rows if key is not None}
    if epoch != cursor.epoch or cursor.since > version:
        kept = {key: body for key, body in documents.items() if body is not None}
        return Snapshot(epoch, version, kept, bool(closed))
    because = list(dict.fromkeys(because for *_stream, key, because, _body in rows if key is not None))
    return Changes(epoch, cursor.since, version, because, documents, bool(closed))
