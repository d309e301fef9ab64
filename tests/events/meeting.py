"""Many at once, on real connections; and two that meet: one holds what the other waits for, chance decides nothing."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from apps.core.refusal import Refusal


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of them returned or refused with, all started together, in the order given."""
    answers: list[Any] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        together.wait()
        try:
            answers[place] = act()
        except Refusal as refusal:
            answers[place] = refusal.code
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def meeting(first: Callable[[], Any], other: Callable[[], Any]) -> list[Any]:
    """What both answered. The first one has done its part, and commits once the other one has come as far as it can:
    it waits for what the first one holds, or has answered.
    """
    has_acted, is_there = threading.Event(), threading.Event()

    def lead() -> Any:
        try:
            with transaction.atomic():
                answer = first()
                has_acted.set()
                while not (is_there.is_set() or somebody_waits()):
                    time.sleep(0.005)
                return answer
        finally:
            has_acted.set()

    def follow() -> Any:
        has_acted.wait()
        try:
            return other()
        finally:
            is_there.set()

    return at_once(lead, follow)


def somebody_waits() -> bool:
    if connection.vendor == "sqlite":
        return len(connection.turns.line) > 1
    with connection.cursor() as cursor:
        # Within a transaction Postgres would show the same picture of who waits again and again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0
