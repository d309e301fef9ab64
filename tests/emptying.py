"""How the database is emptied after a test that committed something.

Django cuts off every table, which takes Postgres a tenth of a second where deleting the rows takes a hundredth of it,
and then writes down anew which models and permissions there are: half of what many a test takes, and nobody here asks.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate


def only_delete_rows() -> None:
    DatabaseOperations.sql_flush = deletions  # type: ignore[method-assign]
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(create_permissions, dispatch_uid="django.contrib.auth.management.create_permissions")


def deletions(operations: DatabaseOperations, _style: Any, tables: Iterable[str], **_more: Any) -> list[str]:
    """In any order: what refers to what is looked at when all of it is committed."""
    return ["; ".join(f"DELETE FROM {operations.quote_name(table)}" for table in tables)]
