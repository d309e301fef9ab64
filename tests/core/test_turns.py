"""Writers of SQLite in one process: in order, bounded, and never a turn that is kept by nobody."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from apps.core.sqlite3.base import DatabaseWrapper
from apps.core.sqlite3.turns import Turns


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []
    turns.take(0)

    def write(number: int) -> None:
        assert turns.take(60)
        order.append(number)
        turns.give()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=write, args=[number]))
        threads[-1].start()
        while len(turns.waiting) <= number:
            threading.Event().wait(0.001)
    turns.give()
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert not turns.is_taken


def test_who_gave_up_waiting_is_not_given_a_turn() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0)
    turns.give()
    assert turns.take(0), "the turn went to somebody who had left"


@pytest.fixture
def two(tmp_path: Path, db: None) -> Iterator[tuple[DatabaseWrapper, DatabaseWrapper]]:
    """Two connections to one file that wait for nobody."""
    named = {
        **connections.configure_settings({"default": {}})["default"],
        "NAME": str(tmp_path / "db"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0, "init_command": "PRAGMA journal_mode=WAL"},
    }
    pair = DatabaseWrapper(named, "one"), DatabaseWrapper(named, "two")
    for wrapper in pair:
        wrapper.connect()
        wrapper.inc_thread_sharing()
    with pair[0].cursor() as cursor:
        cursor.execute("CREATE TABLE notes (text)")
    yield pair
    for wrapper in pair:
        wrapper.close()


def begin(wrapper: DatabaseWrapper) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def write(wrapper: DatabaseWrapper) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("  insert INTO notes VALUES (%s)", ["hello"])


def end(wrapper: DatabaseWrapper, how: str) -> None:
    if how == "close":
        wrapper.close()
    else:
        getattr(wrapper, how)()
        wrapper.set_autocommit(True)


@pytest.mark.parametrize("how", ["commit", "rollback", "close"])
def test_a_transaction_has_its_turn_until_it_ends(two: tuple[DatabaseWrapper, DatabaseWrapper], how: str) -> None:
    one, other = two
    begin(one)
    for refused in (begin, write):
        with pytest.raises(OperationalError, match="locked"):
            refused(other)
    assert one.turns.is_taken
    assert not other.has_turn
    write(one)
    end(one, how)
    assert not other.turns.is_taken
    write(other)
    assert not other.turns.is_taken


def test_a_write_alone_waits_for_its_turn_instead_of_failing(two: tuple[DatabaseWrapper, DatabaseWrapper]) -> None:
    one, other = two
    other.settings_dict = other.settings_dict | {"OPTIONS": {"timeout": 60}}
    begin(one)
    waiting = threading.Thread(target=write, args=[other])
    waiting.start()
    while not one.turns.waiting:
        threading.Event().wait(0.001)
    write(one)
    end(one, "commit")
    waiting.join()
    with one.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM notes").fetchone() == (2,)


def test_a_lock_that_is_held_from_outside_gives_the_turn_back(two: tuple[DatabaseWrapper, DatabaseWrapper]) -> None:
    one, other = two
    with one.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # as another process would: without asking for a turn
    for refused in (begin, write):
        with pytest.raises(OperationalError, match="locked"):
            refused(other)
        assert not other.turns.is_taken
    with one.cursor() as cursor:
        cursor.execute("ROLLBACK")
    begin(other)
    end(other, "rollback")
