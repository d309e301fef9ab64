"""Every write of `routes.txt`, sent a second time by whoever may: not a row, a version or a document is another one.

In whole evenings, by browsers, and with the second one at the same moment: `make double`.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from apps.core import clock

from .asking import differences, everything_stored, filled, send, told, undone
from .table import Row, declared
from .world import WHO, World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
WRITES = [row for row in declared() if row.method != "GET"]
KEY = "the-key-of-one-press"


def granted(row: Row) -> Iterator[str]:
    """One of the crew and one of the attendees, of those who get what they ask for."""
    may = [who for who in WHO if row.answer(who)[0] in "23"]
    for some in (("host", "moderator"), ("attendee", "attendee elsewhere", "anonymous")):
        yield from [who for who in some if who in may][:1]


@pytest.fixture(autouse=True)
def same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time lies between the two: later, some of them would rightly do more, as a claim is renewed."""
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.parametrize(("row", "who"), [(row, who) for row in WRITES for who in granted(row)], ids=str)
def test_twice_is_once(prepared: World, row: Row, who: str) -> None:
    words = {word: prepared.own[word] for word in row.words}
    request = row.method, filled(row.path, words), filled(row.body, words)
    browser = prepared.browsers[who]
    kept = browser.cookies.copy()
    with undone():
        if row.state:
            prepared.states[row.state]()
        cache.clear()
        first = told(send(browser, *request, key=KEY), words)
        browser.cookies = kept
        between = everything_stored()
        second = told(send(browser, *request, key=KEY), words)
        browser.cookies = kept
        assert differences(between, everything_stored()) == {}
    if row.method in ("POST", "PATCH"):
        assert second == first
    else:
        # What is gone is not there any more, and what was decided is decided.
        assert second == first or second.sign in ("-", "409", "204"), second
