"""Errands: each is run once, by one of many; a kill, a failure and a wish that comes meanwhile lose nothing."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from apps.core import errands, traces
from apps.core.models import Errand
from tests.events.conftest import Clock, moment
from tests.events.meeting import at_once

__all__ = ["moment"]


class Errands:
    """What was run, and what it does when it runs."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.acts: dict[str, object] = {}

    def runner(self, name: str):
        def run() -> None:
            self.runs.append(name)
            act = self.acts.get(name)
            if callable(act):
                act()

        return run


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch, moment: Clock) -> Iterator[Errands]:
    monkeypatch.setattr(errands, "registered", {})
    made = Errands()
    errands.register("sweep", made.runner("sweep"))
    errands.register("water", made.runner("water"), daily=True)
    return made


@pytest.mark.django_db
def test_what_is_asked_for_is_run_once(tried: Errands) -> None:
    assert errands.run_due() == ["water"]
    errands.ask("sweep")
    errands.ask("sweep")
    assert errands.run_due() == ["sweep"]
    assert errands.run_due() == []
    assert tried.runs == ["water", "sweep"]


@pytest.mark.django_db
def test_a_day_is_a_day_whenever_it_begins(tried: Errands, moment: Clock) -> None:
    moment.instant = datetime(2026, 5, 11, 23, 59, tzinfo=UTC)
    assert errands.run_due() == ["water"]
    moment.advance(seconds=59)
    assert errands.run_due() == []
    moment.advance(seconds=1)
    assert errands.run_due() == ["water"]
    # A server that was away for a week makes up for it once.
    moment.advance(days=7)
    assert errands.run_due() + errands.run_due() == ["water"]


@pytest.mark.django_db
def test_whoever_died_with_it_is_waited_for_a_while(tried: Errands, moment: Clock) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    errands.run_due()
    tried.acts["sweep"] = die
    errands.ask("sweep")
    with pytest.raises(KeyboardInterrupt):
        errands.run_due()
    tried.acts.clear()
    moment.advance(seconds=29)
    assert errands.run_due() == []
    moment.advance(seconds=1)
    assert errands.run_due() == ["sweep"]


@pytest.mark.django_db(transaction=True)
def test_whoever_lives_keeps_it_however_long_it_takes(
    tried: Errands, moment: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[str] = []

    def take_long() -> None:
        for _lease in range(3):
            before = held_until("sweep")
            moment.advance(seconds=29)
            while held_until("sweep") == before:
                time.sleep(0.01)
        others.extend(errands.run_due())

    errands.run_due()
    monkeypatch.setattr(errands, "RENEW_SECONDS", 0.02)
    tried.acts["sweep"] = take_long
    errands.ask("sweep")
    assert errands.run_due() == ["sweep"]
    assert others == []
    assert tried.runs == ["water", "sweep"]
    assert held_until("sweep") is None


def held_until(name: str) -> datetime | None:
    return Errand.objects.get(name=name).held_until


@pytest.mark.django_db
def test_a_failure_is_tried_again_after_a_growing_pause(tried: Errands, moment: Clock) -> None:
    def fail() -> None:
        raise ValueError("no broom")

    tried.acts["sweep"] = fail
    errands.ask("sweep")
    assert errands.run_due() == ["water"]
    for pause in (5, 10, 20, 40, 80, 160, 300, 300):
        moment.advance(seconds=pause - 1)
        # Whoever asks meanwhile does not hurry it.
        errands.ask("sweep")
        before = len(tried.runs)
        assert errands.run_due() == []
        assert len(tried.runs) == before
        moment.advance(seconds=1)
        assert errands.run_due() == []
        assert len(tried.runs) == before + 1
    tried.acts.clear()
    moment.advance(seconds=300)
    assert errands.run_due() == ["sweep"]
    # What went well once has its failures forgiven.
    tried.acts["sweep"] = fail
    errands.ask("sweep")
    assert errands.run_due() == []
    tried.acts.clear()
    moment.advance(seconds=5)
    assert errands.run_due() == ["sweep"]


@pytest.mark.django_db
def test_what_has_to_wait_is_tried_at_the_next_look(tried: Errands) -> None:
    def wait() -> None:
        raise errands.LaterError("somebody sleeps there")

    tried.acts["sweep"] = wait
    errands.ask("sweep")
    assert errands.run_due() == ["water"]
    tried.acts.clear()
    assert errands.run_due() == ["sweep"]


@pytest.mark.django_db
def test_a_wish_that_comes_meanwhile_is_run_as_well(tried: Errands, moment: Clock) -> None:
    def dropped_again() -> None:
        tried.acts.clear()
        moment.advance(seconds=1)
        errands.ask("sweep")

    errands.run_due()
    tried.acts["sweep"] = dropped_again
    errands.ask("sweep")
    assert errands.run_due() == ["sweep"]
    assert errands.run_due() == ["sweep"]
    assert errands.run_due() == []


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_one_does_it(tried: Errands) -> None:
    errands.ask("sweep")
    at_once(*[errands.run_due] * 6)
    assert sorted(tried.runs) == ["sweep", "water"]


@pytest.mark.django_db(transaction=True)
def test_a_wish_falls_with_its_transaction(tried: Errands) -> None:
    errands.woken.clear()
    with transaction.atomic():
        errands.ask("sweep")
        transaction.set_rollback(True)
    assert not Errand.objects.filter(name="sweep").exists()
    assert not errands.woken.is_set()
    errands.ask("sweep")
    assert errands.woken.is_set()


@pytest.mark.django_db(transaction=True)
def test_traces_go_once_nobody_reads_them(tried: Errands) -> None:
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        traces.wash()
    if connection.vendor != "sqlite":
        traces.wash()
        return
    chance, written = random.Random(9), 0
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE words (id integer PRIMARY KEY, body text)")
        cursor.execute("CREATE INDEX words_by_body ON words (body)")
        # Grown, shrunk and deleted in any order: SQLite moves such rows about, and leaves copies behind.
        for _step in range(1000):
            written += 1
            cursor.execute("INSERT INTO words (body) VALUES (%s)", ["a-word" * chance.choice(LENGTHS)])
            some = chance.randint(1, written)
            if chance.random() < 0.4:
                cursor.execute("DELETE FROM words WHERE id = %s", [some])
            else:
                cursor.execute("UPDATE words SET body = %s WHERE id = %s", ["a-word" * chance.choice(LENGTHS), some])
        cursor.execute("UPDATE words SET body = 'x' || id")
        assert left() == {"", "-wal"}
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM words").fetchall()
            cursor.execute("PRAGMA busy_timeout = 100").fetchall()
            assert not traces.wash_now()
        assert Errand.objects.get(name=traces.NAME).due_at
        assert traces.wash_now()
        assert left() == set()
        cursor.execute("DROP TABLE words")


LENGTHS = (1, 3, 20, 200, 1000)


def left() -> set[str]:
    """Which of the files of SQLite still have a word."""
    path = str(connection.settings_dict["NAME"])
    return {end for end in ("", "-wal", "-shm") if b"a-word" in Path(path + end).read_bytes()}
