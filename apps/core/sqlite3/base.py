"""Django's own SQLite, with writers of one process let in one after the other (`turns`). The name is Django's rule.

Other processes (commands beside a running server) still meet SQLite's own lock, and wait for it as long.
"""

from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from .turns import Turns

turns: defaultdict[str, Turns] = defaultdict(Turns)  # by file
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Cursor(base.SQLiteCursorWrapper):
    """Takes a turn for a write outside of a transaction as well: it is one of its own."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        if self.wrapper.has_turn or self.connection.in_transaction or not query.lstrip()[:8].upper().startswith(WRITES):
            return super().execute(query, params)
        self.wrapper.take_turn()
        try:
            found = super().execute(query, params)
        finally:
            self.wrapper.give_turn()
        return found


# What the stubs leave out is spelled as any.
Djangos: Any = base.DatabaseWrapper


class DatabaseWrapper(Djangos):
    has_turn = False

    @property
    def turns(self) -> Turns:
        return turns[str(self.settings_dict["NAME"])]

    def take_turn(self) -> None:
        """Raises what SQLite says when its own lock does not come free."""
        if not self.turns.take(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
            raise OperationalError("database is locked")
        self.has_turn = True

    def give_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.turns.give()

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
