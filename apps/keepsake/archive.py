"""All of an event as one ZIP, for its hosts: tables as CSV and JSON, the programme as TOML, the proofs of the draws.

Row by row, so its memory does not grow with the event. It may be made while the event runs: then the tables are as
they were one after the other, some instants apart.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import orjson

from apps.bowl import documents as bowl_documents
from apps.bowl.models import Bowl
from apps.bowl.queries import draws_of
from apps.core import clock, spreadsheet
from apps.core.clock import iso
from apps.events.actions import programme_of
from apps.events.models import Event
from apps.events.programme import dump

from .markdown import escaped
from .rows import Row
from .sending import spool
from .tables import TABLES, Table

CHECKER = Path(bowl_documents.__file__).parent / "static" / "bowl" / "verify_draws.py"
PREFACE = Path(__file__).parent / "EXPORT.md"
PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def written(event: Event) -> IO[bytes]:
    """The archive, spooled; its folder is named after the event's code."""
    made = spool()
    folder = f"event-{event.code}"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}/EXPORT.md", about(event))
        programme = programme_of(event)
        archive.writestr(f"{folder}/programme.toml", dump(programme))
        archive.writestr(f"{folder}/programme.json", orjson.dumps(programme, option=PRETTY))
        archive.writestr(f"{folder}/event.json", orjson.dumps(facts(event), option=PRETTY))
        for table in TABLES:
            with archive.open(f"{folder}/{table.name}.csv", "w") as file:
                write_csv(file, table, event)
            with archive.open(f"{folder}/{table.name}.json", "w") as file:
                file.writelines(json_of(table.rows(event)))
        for bowl in Bowl.objects.filter(segment__event=event).select_related("segment").order_by("segment__position"):
            proof = bowl_documents.proof(bowl, draws_of(bowl))
            archive.writestr(f"{folder}/proofs/{bowl.segment.public_id}.json", orjson.dumps(proof, option=PRETTY))
        archive.write(CHECKER, f"{folder}/proofs/{CHECKER.name}")
    made.seek(0, io.SEEK_END)
    return made


def write_csv(file: IO[bytes], table: Table, event: Event) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    spreadsheet.write(text, tuple(table.columns), map(flat, table.rows(event)))
    text.flush()
    # The archive closes its own file.
    text.detach()


def flat(row: Row) -> Row:
    """What is no single value is JSON in its cell; true and false are written as JSON writes them."""
    return {key: orjson.dumps(value).decode() if is_more(value) else value for key, value in row.items()}


def is_more(value: Any) -> bool:
    return isinstance(value, list | dict | bool)


def json_of(rows: Iterator[Row]) -> Iterator[bytes]:
    """One array, one row a line."""
    yield b"["
    for place, row in enumerate(rows):
        yield (b",\n" if place else b"\n") + orjson.dumps(row)
    yield b"\n]\n"


def facts(event: Event) -> dict[str, Any]:
    return {
        "code": event.code,
        "title": event.title,
        "created_at": iso(event.created_at),
        "started_at": iso(event.started_at),
        "ended_at": iso(event.ended_at),
        "erased_on": event.erased_on.isoformat() if event.erased_on else None,
        "exported_at": iso(clock.now()),
    }


def about(event: Event) -> str:
    """EXPORT.md: what each file is and what each column means, told by the tables themselves."""
    lines = [PREFACE.read_text().format(title=escaped(event.title), code=event.code)]
    for table in TABLES:
        lines += [f"## {table.name}.csv, {table.name}.json", "", table.about, "", "| column | meaning |", "|---|---|"]
        lines += [f"| `{column}` | {meaning} |" for column, meaning in table.columns.items()]
        lines.append("")
    return "\n".join(lines)
