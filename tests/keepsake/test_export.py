"""The archive of a finished event: whole, documented, harmless in a spreadsheet, and without what is not its hosts'."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from apps.events import actions as events
from apps.events.programme import parse
from apps.keepsake.tables import TABLES
from tests.events.conftest import Browser

from .conftest import CANARIES, Evening, content, seen_in

Open = Callable[..., Browser]


@pytest.fixture
def archive(evening: Evening, browser: Open) -> dict[str, bytes]:
    """By name below its folder."""
    answer = browser(crew=evening.hana).get("/console/BCDFG/export.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="event-BCDFG.zip"'
    with zipfile.ZipFile(io.BytesIO(content(answer))) as opened:
        assert opened.testzip() is None
        return {name.removeprefix("event-BCDFG/"): opened.read(name) for name in opened.namelist()}


def rows(archive: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    return orjson.loads(archive[f"{name}.json"])


def test_every_table_is_there_twice_and_explained(archive: dict[str, bytes]) -> None:
    about = archive["EXPORT.md"].decode()
    for table in TABLES:
        assert f"## {table.name}.csv" in about
        told = rows(archive, table.name)
        # Each of them has something of this evening in it, but for heads, which are counted while it runs.
        assert bool(told) is (table.name != "present"), table.name
        text = archive[f"{table.name}.csv"].decode("utf-8-sig")
        assert archive[f"{table.name}.csv"].startswith(b"\xef\xbb\xbf")
        head, *lines = csv.reader(io.StringIO(text, newline=""))
        assert tuple(head) == tuple(table.columns)
        assert len(lines) == len(told)
        assert all(tuple(row) == tuple(table.columns) for row in told)


def test_what_it_says(archive: dict[str, bytes], evening: Evening) -> None:
    assert [one["name"] for one in rows(archive, "attendance")] == ["Ada", "Ben", "Cleo", "Dan"]
    assert [(one["name"], one["outcome"]) for one in rows(archive, "draws")] == [("Ada", "told"), ("Ben", "told")]
    assert [one["title"] for one in rows(archive, "stories")] == ["How a typo made us friends"]
    assert {(one["state"], one["by"]) for one in rows(archive, "tips")} == {
        ("approved", "Ada"),
        ("approved", None),
        ("declined", "Ada"),
        ("taken_down", None),
        ("pending", "Ada"),
    }
    assert sum(one["found_at"] is not None for one in rows(archive, "groups")) == 3
    assert {one["state"] for one in rows(archive, "pictures")} == {"approved", "pending"}
    ids = {one["id"] for one in rows(archive, "segments")}
    assert {one["segment"] for name in ("rounds", "draws", "tips", "themes") for one in rows(archive, name)} <= ids


def test_what_is_not_its_hosts_is_not_in_it(archive: dict[str, bytes]) -> None:
    everything = b"\n".join(archive.values()).decode("utf-8-sig", "replace")
    assert "@example.org" not in everything
    # What the crew had to decide on is in it; nothing else of what nobody else may read.
    assert seen_in(everything) == ["pending tip", "declined tip", "tip taken down", "caption of a pending picture"]
    assert CANARIES["tip withdrawn"] not in everything


def test_a_spreadsheet_runs_nothing(archive: dict[str, bytes]) -> None:
    text = archive["tips.csv"].decode("utf-8-sig")
    told = [one["text"] for one in csv.DictReader(io.StringIO(text, newline=""))]
    assert "'=Say thank you" in told
    assert "=Say thank you" in [one["text"] for one in rows(archive, "tips")]
    for name, body in archive.items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_programme_loads_as_a_new_event(archive: dict[str, bytes], evening: Evening) -> None:
    again = events.create_event(parse(archive["programme.toml"]), "CCCCC")
    assert events.programme_of(again) == events.programme_of(evening.event)
    assert again.started_at is None
    assert orjson.loads(archive["programme.json"]) == events.programme_of(again)


def test_the_proofs_are_checked_by_what_lies_beside_them(archive: dict[str, bytes], tmp_path: Path) -> None:
    proofs = [name for name in archive if name.startswith("proofs/") and name.endswith(".json")]
    assert len(proofs) == 2
    script = tmp_path / "verify_draws.py"
    script.write_bytes(archive["proofs/verify_draws.py"])
    for name in proofs:
        proof = orjson.loads(archive[name])
        assert all(draw["name"] in ("Ada", "Ben") for draw in proof["draws"])
        # A seed is shown a while after its segment; until then there is nothing to check it by.
        if proof["seed"]:
            (tmp_path / "proof.json").write_bytes(archive[name])
            done = subprocess.run([sys.executable, script, tmp_path / "proof.json"], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
