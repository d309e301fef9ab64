"""What was deleted leaves traces in the files of a database; this makes them go as far as the database lets us.

SQLite overwrites what is deleted (`secure_delete`), but not the copies that its own rearranging of pages left behind,
nor those in the write-ahead log. So the file is written anew and the log cut off: a search of the bytes finds nothing.

Postgres frees the space of dead rows for new ones, which overwrite it in time; its own write-ahead log, replicas and
backups keep what they have for as long as they are set to. That is for whoever runs it to decide.
"""

from django.db import OperationalError, connection, transaction

from .errands import LaterError, ask

NAME = "wash"


def wash_soon() -> None:
    """Called last in a transaction that erases: the traces go in a moment, in whatever process."""
    ask(NAME)


def wash_now() -> bool:
    """For somebody who waits for it. False while others read or write: then a server process does it in a moment."""
    try:
        wash()
    except LaterError:
        wash_soon()
        return False
    return True


def wash() -> None:
    """Remove the traces of all that has been deleted, after the commit. Raises `LaterError` while they are read."""
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("traces go after the commit")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = connection.introspection.django_table_names(only_existing=True)
            cursor.execute(f"VACUUM {', '.join(map(connection.ops.quote_name, tables))}")
            return
        try:
            cursor.execute("VACUUM")
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            raise LaterError("somebody is still writing") from error
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise LaterError("somebody is still reading")
