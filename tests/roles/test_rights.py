"""Every write of `routes.txt`, by somebody whose right is taken away after they were looked up, at the very moment when
the write begins: refused, and nothing is another one. Of what the crew may do, each leaves a line in the list of deeds.

With real threads, as a host takes the right away: `test_at_once.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from apps.core import clock
from apps.core.models import Answer
from apps.crew.models import Deed
from apps.events.models import Attendee, Crew, Event, Move

from .asking import Told, differences, everything_stored, filled, send, told, undone
from .table import Row, declared
from .world import World

pytestmark = pytest.mark.django_db
WRITES = [
    row for row in declared() if row.method != "GET" and "CODE" in row.words and row.answer("anonymous")[0] != "2"
]

# What needs no right any more by the time it is written.
UNASKED = {
    "POST /console/CODE/crew/code/": "draws the code of a link that the host has, and writes nothing",
    "POST /api/v1/events/CODE/logos/": "draws a picture that the host has, and writes nothing",
    "DELETE /api/v1/events/CODE/crew/me/": "leaves the crew: somebody took them off already, and twice is once",
}
# What the crew does and the list of deeds does not say.
UNLISTED = {
    "POST /console/CODE/crew/code/": "writes nothing",
    "POST /api/v1/events/CODE/logos/": "writes nothing",
    "POST /api/v1/events/CODE/rehearsal/": "of a rehearsal nothing stays, not even that there was one",
    "PUT /api/v1/events/CODE/rehearsal/ending/": "the same",
    "DELETE /api/v1/events/CODE/rehearsal/": "the same",
    "DELETE /api/v1/events/CODE/": "there is no list any more",
    "DELETE /api/v1/events/CODE/moves/MOVE/": "the move itself is struck out in the list",
    "PUT /api/v1/events/CODE/walls/WALL/tips/PENDING/claim/": "open for half a minute; what came of it is listed",
    "DELETE /api/v1/events/CODE/walls/WALL/tips/PENDING/claim/": "the same, put down",
}


def route(row: Row) -> str:
    return f"{row.method} {row.path}"


def granted(row: Row, who: str) -> bool:
    return row.answer(who)[0] in "23"


def taken(row: Row) -> Iterator[tuple[str, str, str]]:
    """Who asks, how they lose the right, and what they are told then."""
    if granted(row, "moderator"):
        yield "moderator", "revoked", "no"
    elif granted(row, "host"):
        # Whoever asks for a copy is looked up in the transaction that makes it.
        yield "host", "revoked", "-" if "copy_of" in row.body else "no"
        yield "host", "moderator by now", "no"
    if granted(row, "attendee"):
        yield "attendee", "removed", "out"


LOST: dict[str, Callable[[str, str], object]] = {
    "revoked": lambda code, who: Crew.objects.filter(event__code=code, role=who).update(revoked_at=clock.now()),
    "moderator by now": lambda code, who: Crew.objects.filter(event__code=code, role=who).update(role="moderator"),
    "removed": lambda code, who: Attendee.objects.filter(event__code=code, name="Ada").update(removed_at=clock.now()),
}


@pytest.mark.parametrize(
    ("row", "who", "how", "sign"),
    [(row, *case) for row in WRITES for case in taken(row) if route(row) not in UNASKED],
    ids=str,
)
def test_a_right_that_is_lost_on_the_way_is_lost(prepared: World, row: Row, who: str, how: str, sign: str) -> None:
    with undone(), transactions() as begun:
        ready(prepared, row)
        begun.clear()
        assert asked(prepared, row, who).sign == row.answer(who)
        last = len(begun)
    assert last, "It writes outside of a transaction, or not at all: then say so in UNASKED."
    with undone():
        ready(prepared, row)
        before = everything_stored()
        with transactions(last, lambda: LOST[how](prepared.own["CODE"], who)):
            assert asked(prepared, row, who).sign == sign
        assert differences(before, everything_stored()) == {}


@pytest.mark.parametrize(
    ("row", "who"),
    [(row, who) for row in WRITES for who in ("host", "attendee") if granted(row, who) and route(row) not in UNASKED],
    ids=str,
)
def test_an_event_that_is_archived_on_the_way_is_archived(prepared: World, row: Row, who: str) -> None:
    """Whoever began before is told what they are told who begin after; and where that is a no, nothing is another."""
    archive = lambda: Event.objects.filter(code=prepared.own["CODE"]).update(archived_at=clock.now())  # noqa: E731
    with undone():
        ready(prepared, row)
        archive()
        after = asked(prepared, row, who).sign
    with undone(), transactions() as begun:
        ready(prepared, row)
        begun.clear()
        assert asked(prepared, row, who).sign == row.answer(who)
        last = len(begun)
    with undone():
        ready(prepared, row)
        before = everything_stored()
        with transactions(last, archive):
            assert asked(prepared, row, who).sign == after
        changed = differences(before, everything_stored())
        assert after[0] in "23" or changed.keys() <= {Event._meta.db_table}


@pytest.mark.parametrize("row", [row for row in WRITES if granted(row, "host") or granted(row, "moderator")], ids=str)
def test_what_the_crew_did_is_listed(prepared: World, row: Row) -> None:
    who = "moderator" if granted(row, "moderator") else "host"
    with undone():
        ready(prepared, row)
        before, listed = everything_stored(), deeds()
        assert asked(prepared, row, who).sign == row.answer(who)
        after = everything_stored()
        changed = differences(before, after).keys() - {Answer._meta.db_table}
        if "writes nothing" in UNLISTED.get(route(row), ""):
            assert not changed
            return
        assert changed, "It changes nothing: give the row a @state of world.py in which it does."
        assert (deeds() > listed) == (route(row) not in UNLISTED), "Send it by `acted`, or say in UNLISTED why not."


def test_every_exception_is_there() -> None:
    assert {*UNASKED, *UNLISTED} <= {route(row) for row in WRITES}


def ready(world: World, row: Row) -> None:
    if row.state:
        world.states[row.state]()
    cache.clear()


def asked(world: World, row: Row, who: str) -> Told:
    words = {word: world.own[word] for word in row.words}
    browser = world.browsers[who]
    kept = browser.cookies.copy()
    try:
        return told(send(browser, row.method, filled(row.path, words), filled(row.body, words)), words)
    finally:
        browser.cookies = kept


def deeds() -> int:
    return Deed.objects.count() + Move.objects.count()


@contextmanager
def transactions(at: int = 0, happens: Callable[[], object] = lambda: None) -> Iterator[list[str]]:
    """The transactions that begin from now on, without those inside others; first in the `at`th of all, `happens`."""
    begun: list[str] = []
    depth = 0

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal depth
        done = execute(sql, params, many, context)
        if sql.startswith("SAVEPOINT"):
            depth += 1
            if depth == 1:
                begun.append(sql)
                if len(begun) == at:
                    happens()
        elif sql.startswith("RELEASE"):
            depth -= 1
        return done

    with connection.execute_wrapper(watch):
        yield begun
