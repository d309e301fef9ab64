"""Django's own SQLite, with writers of one process let in one after the other (`turns`). The name is Django's rule.

A transaction has its turn from before its BEGIN until it has ended, however it ends; transactions in it are savepoints
and need none. Other processes (commands beside a running server) still meet SQLite's own lock, and wait for it as long.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from .turns import Turn, Turns

turns: defaultdict[str, Turns] = defaultdict(Turns)  # by file
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "VACUUM")


class Cursor(base.SQLiteCursorWrapper):
    """Takes a turn for a write outside of a transaction as well: it is one of its own."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        with self.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.turn_for(query):
            return super().executemany(query, param_list)

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        if self.wrapper.turn or self.connection.in_transaction or not query.lstrip()[:8].upper().startswith(WRITES):
            yield
            return
        self.wrapper.take_turn()
        try:
            yield
        finally:
            self.wrapper.give_turn()


# What the stubs leave out is spelled as any.
Djangos: Any = base.DatabaseWrapper


class DatabaseWrapper(Djangos):
    turn: Turn | None = None

    @property
    def turns(self) -> Turns:
        return turns[str(self.settings_dict["NAME"])]

    def take_turn(self) -> None:
        """Raises what SQLite says when its own lock does not come free."""
        # The connection itself, not this wrapper of it: another thread may end the one, and knows nothing of the other.
        turn = self.turns.take(self.settings_dict["OPTIONS"].get("timeout", 5.0), self.connection.close)
        if turn is None:
            raise OperationalError("database is locked")
        self.turn = turn

    def give_turn(self) -> None:
        if turn := self.turn:
            self.turn = None
            self.turns.give(turn)

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE":
            return super()._start_transaction_under_autocommit()
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self.give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.give_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self.give_turn()
