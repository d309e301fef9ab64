"""Work nobody waits for and that must be done all the same: each time once, by whichever process comes first.

What is due stands in the database, asked for in the transaction that makes it necessary: a kill costs time and never
the work. Every server process looks after it in a thread of its own, whether or not anybody is connected.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connections, transaction
from django.db.models import Q, QuerySet

from . import clock
from .models import Errand

log = logging.getLogger(__name__)

# How soon another process takes over what the one that was asked did not do.
LOOK_SECONDS = 5
# Between two looks, however often somebody asks: many wishes become one.
PAUSE_SECONDS = 1
# Whoever began something and was not heard of for this long has died with it; who lives says so in time.
LEASE = timedelta(seconds=30)
RENEW_SECONDS = 8
# After a failure, doubled with each that follows.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
MOST_FAILURES = 20


class LaterError(Exception):
    """It cannot be done just now: tried again at the next look."""


@dataclass(frozen=True, slots=True)
class Kind:
    run: Callable[[], object]
    daily: bool


registered: dict[str, Kind] = {}
woken = threading.Event()


def register(name: str, run: Callable[[], object], *, daily: bool = False) -> None:
    """Add an errand: run when asked for, or once every day (UTC). It must bear being run again after a kill.

    An instant that it answers is when it is due again.
    """
    registered[name] = Kind(run, daily)


def ask(name: str) -> None:
    """Have it run soon, once this transaction is committed. Its row is held until then: ask last."""
    wish = Errand(name=name, due_at=clock.now())
    Errand.objects.bulk_create([wish], update_conflicts=True, unique_fields=["name"], update_fields=["due_at"])
    transaction.on_commit(woken.set)


def run_due() -> list[str]:
    """Run all that is due and that no other process has begun; returns their names."""
    rows = {row.name: row for row in Errand.objects.filter(name__in=registered)}
    done = []
    for name, kind in registered.items():
        if kind.daily and name not in rows:
            Errand.objects.bulk_create([Errand(name=name, due_at=clock.now())], ignore_conflicts=True)
        row = rows.get(name) or Errand.objects.filter(name=name).first()
        if row and row.due_at and row.due_at <= clock.now() and claimed(row):
            if ran(row, kind):
                done.append(name)
    return done


def claimed(row: Errand) -> bool:
    """Whether it is ours now; then `row.held_until` is what shows so until we let go."""
    moment = clock.now()
    is_free = Q(held_until=None) | Q(held_until__lte=moment)
    row.held_until = moment + LEASE
    return bool(Errand.objects.filter(is_free, pk=row.pk, due_at=row.due_at).update(held_until=row.held_until))


def ran(row: Errand, kind: Kind) -> bool:
    try:
        with kept(row):
            again = kind.run()
    except LaterError as later:
        log.info("%s has to wait: %s", row.name, later)
        ours(row).update(held_until=None)
        return False
    except Exception:
        pause = pause_after(row.failures)
        log.exception("the errand %s failed and will be tried again in %d s", row.name, pause.total_seconds())
        ours(row).update(held_until=clock.now() + pause, failures=min(row.failures + 1, MOST_FAILURES))
        return False
    # What was asked for meanwhile stays due.
    due_at = next_day() if kind.daily else again if isinstance(again, datetime) else None
    ours(row).filter(due_at=row.due_at).update(due_at=due_at)
    ours(row).update(held_until=None, failures=0)
    return True


def ours(row: Errand) -> QuerySet[Errand]:
    """Its row, as long as nobody has taken it over."""
    return Errand.objects.filter(pk=row.pk, held_until=row.held_until)


@contextmanager
def kept(row: Errand) -> Iterator[None]:
    """Renew the lease, from a thread that ends with the work or the process, while it goes on."""
    is_done = threading.Event()

    def renew() -> None:
        while not is_done.wait(RENEW_SECONDS):
            try:
                until = clock.now() + LEASE
                if not ours(row).update(held_until=until):
                    return
                row.held_until = until
            except DatabaseError as error:
                log.warning("the lease of %s could not be renewed (%s)", row.name, type(error).__name__)
            finally:
                connections.close_all()

    renewing = threading.Thread(target=renew, name=f"lease of {row.name}", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        is_done.set()
        renewing.join()


def pause_after(failures: int) -> timedelta:
    """How long one is left alone that had failed so often before it failed now."""
    return min(FIRST_PAUSE * 2**failures, LONGEST_PAUSE)


def next_day() -> datetime:
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def start() -> None:
    """Look after errands from now on, in a thread that ends with the process."""
    threading.Thread(target=look_after, name="errands", daemon=True).start()


def look_after() -> None:
    while True:
        woken.wait(LOOK_SECONDS)
        woken.clear()
        try:
            run_due()
        except DatabaseError as error:
            log.warning("errands could not be looked up (%s)", type(error).__name__)
        except Exception:
            log.exception("looking after errands failed")
        finally:
            connections.close_all()
        time.sleep(PAUSE_SECONDS)
