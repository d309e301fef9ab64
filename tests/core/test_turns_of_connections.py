"""Connections to one file of SQLite that wait for their turns: no lock refused, none kept by nobody."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction

from apps.core.sqlite3.base import DatabaseWrapper

from .test_turns import LONG, until

WRITERS = 200
# Another process: takes the file's lock, says so, and keeps it until it is told to let go.
FOREIGNER = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
file.execute("INSERT INTO notes VALUES ('foreign')")
print("held", flush=True)
sys.stdin.readline()
file.execute("COMMIT")
"""


@pytest.fixture
def open_one(tmp_path: Path, db: None) -> Iterator[Callable[..., DatabaseWrapper]]:
    """`open_one(timeout=…)`: one more connection to the same file."""
    opened = []

    def open_(timeout: float = LONG) -> DatabaseWrapper:
        named = {
            **connections.configure_settings({"default": {}})["default"],
            "NAME": str(tmp_path / "db"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout, "init_command": "PRAGMA journal_mode=WAL"},
        }
        wrapper = DatabaseWrapper(named, DEFAULT_DB_ALIAS)
        wrapper.connect()
        wrapper.inc_thread_sharing()
        opened.append(wrapper)
        return wrapper

    with open_().cursor() as cursor:
        cursor.execute("CREATE TABLE notes (text)")
    yield open_
    for wrapper in opened:
        wrapper.close()


@pytest.fixture
def two(open_one: Callable[..., DatabaseWrapper]) -> tuple[DatabaseWrapper, DatabaseWrapper]:
    """Two connections that wait for nobody."""
    return open_one(timeout=0), open_one(timeout=0)


def begin(wrapper: DatabaseWrapper) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def write(wrapper: DatabaseWrapper) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("  insert INTO notes VALUES (%s)", ["hello"])


def write_several(wrapper: DatabaseWrapper) -> None:
    with wrapper.cursor() as cursor:
        cursor.executemany("INSERT INTO notes VALUES (%s)", [["hello"], ["again"]])


def wash(wrapper: DatabaseWrapper) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("VACUUM")


def end(wrapper: DatabaseWrapper, how: str) -> None:
    if how == "close":
        wrapper.close()
    else:
        getattr(wrapper, how)()
        wrapper.set_autocommit(True)


def count(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM notes").fetchone()[0]


@pytest.mark.parametrize("how", ["commit", "rollback", "close"])
def test_a_transaction_has_its_turn_until_it_ends(two: tuple[DatabaseWrapper, DatabaseWrapper], how: str) -> None:
    one, other = two
    begin(one)
    for refused in (begin, write, write_several, wash):
        with pytest.raises(OperationalError, match="locked"):
            refused(other)
        assert not other.turn
    assert list(one.turns.line) == [one.turn]
    write(one)
    write_several(one)
    end(one, how)
    assert not one.turns.line
    for granted in (write, write_several, wash):
        granted(other)
        assert not other.turns.line


def test_a_write_alone_waits_for_its_turn_instead_of_failing(open_one: Callable[..., DatabaseWrapper]) -> None:
    one, other = open_one(), open_one()
    begin(one)
    waiting = threading.Thread(target=write, args=[other])
    waiting.start()
    until(lambda: len(one.turns.line) == 2)
    write(one)
    end(one, "commit")
    waiting.join()
    assert count(one) == 2


@pytest.mark.parametrize("ends", [KeyError, SystemExit])
def test_savepoints_belong_to_the_turn_of_their_transaction(
    open_one: Callable[..., DatabaseWrapper], ends: type[BaseException]
) -> None:
    """Nested `atomic`s ask for nothing; an exception in the inner one ends nothing, one in the outer one all."""
    one, other = open_one(), open_one(timeout=0)

    def deeply() -> None:
        with transaction.atomic():
            mine = one.turn
            write(one)
            with suppress(ZeroDivisionError), transaction.atomic():
                write(one)
                raise ZeroDivisionError
            with transaction.atomic(), transaction.atomic():
                assert list(one.turns.line) == [mine] == [one.turn]
            with pytest.raises(OperationalError, match="locked"):
                write(other)
            raise ends

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transaction, "get_connection", lambda using=None: one)
        with pytest.raises(ends):
            deeply()
    assert not one.turns.line
    write(other)
    assert count(other) == 1


def test_what_a_thread_left_open_is_rolled_back(open_one: Callable[..., DatabaseWrapper]) -> None:
    one, other = open_one(), open_one()

    def leave_open() -> None:
        begin(one)
        write(one)

    leaving = threading.Thread(target=leave_open)
    leaving.start()
    leaving.join()
    write(other)
    assert count(other) == 1
    assert not other.turns.line


def test_a_lock_that_is_held_by_another_process_gives_the_turn_back(
    open_one: Callable[..., DatabaseWrapper], two: tuple[DatabaseWrapper, DatabaseWrapper]
) -> None:
    one, hasty = two
    command = [sys.executable, "-c", FOREIGNER, str(one.settings_dict["NAME"])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as foreigner:
        assert foreigner.stdout
        assert foreigner.stdout.readline() == "held\n"
        for refused in (begin, write, write_several):
            with pytest.raises(OperationalError, match="locked"):
                refused(hasty)
            assert not hasty.turns.line
        patient = open_one()
        waiting = threading.Thread(target=write, args=[patient])
        waiting.start()
        until(lambda: bool(one.turns.line))
        # Its turn has come, and it waits for the file; others of this process wait behind it.
        with pytest.raises(OperationalError, match="locked"):
            begin(hasty)
        foreigner.communicate("let go\n")
    waiting.join()
    assert count(one) == 2
    begin(hasty)
    end(hasty, "rollback")
    assert not hasty.turns.line


def test_a_storm_of_writers_is_refused_nothing(open_one: Callable[..., DatabaseWrapper]) -> None:
    """Each on a thread and a connection of its own, all in one instant; SQLite itself lets none of them wait."""
    everybody = [open_one(timeout=0) for _number in range(WRITERS)]
    for wrapper in everybody:
        wrapper.settings_dict["OPTIONS"]["timeout"] = LONG  # for its turn alone: the file was opened without
    together = threading.Barrier(WRITERS)

    def come(wrapper: DatabaseWrapper) -> None:
        together.wait()
        begin(wrapper)
        write(wrapper)
        end(wrapper, "commit")
        write(wrapper)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(come, everybody))
    assert count(everybody[0]) == 2 * WRITERS
    assert not everybody[0].turns.line
