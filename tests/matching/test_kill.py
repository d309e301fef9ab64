"""kill -9 while a round is opened for sixty: all groups or none, every document true, and pressed again it is one."""

import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest

from tests.servers import people
from tests.servers.daphne import Server
from tests.servers.people import Evening, Person
from tests.servers.warm import WarmServer

CROWD = 60
# At these shares of the time that an opening takes.
MOMENTS = (0.3, 0.6, 0.8, 0.95)


@pytest.fixture
def hall(new_server: Callable[..., Any]) -> Any:
    """An icebreaker with sixty people, on a server that may be killed."""
    with new_server(kind=WarmServer) as server:
        evening = people.evening(server)
        for number in range(CROWD - 2):
            person = Person(f"Cleo {number}", server.other, evening.code).join()
            person.client.close()
        evening.hana.press("start")
        yield server, evening
        evening.close()


def tables(server: Server, code: str) -> dict[str, Any]:
    return json.loads(server.manage(("tests.matching.tables", code))[0])


def opening(evening: Evening, after: int) -> Callable[[], httpx.Response]:
    """One press, ready to be sent, and to be sent again as the same."""
    hana = evening.hana
    headers = {"Idempotency-Key": secrets.token_urlsafe(24), "X-CSRFToken": hana.csrf()}
    return lambda: hana.client.post(f"{hana.api}rounds/", json={"after": after}, headers=headers)


def test_a_killed_opening_is_whole_or_never_was(hall: tuple[Server, Evening]) -> None:
    server, evening = hall
    first = server.processes[0]
    tables(server, evening.code)
    press = opening(evening, 0)
    begun = time.monotonic()
    assert press().status_code == 201
    takes = time.monotonic() - begun
    for number, share in enumerate(MOMENTS, start=1):
        assert tables(server, evening.code) == {"seated": [CROWD] * number, "open": 1, "differing": []}
        press = opening(evening, number)
        sent = threading.Thread(target=lambda press=press: suppressing(press))
        sent.start()
        time.sleep(share * takes)
        first.kill()
        sent.join()
        found = tables(server, evening.code)
        assert found["seated"] in ([CROWD] * number, [CROWD] * (number + 1))
        assert (found["open"], found["differing"]) == (1, [])
        first.start()
        assert press().status_code == 201
    assert tables(server, evening.code)["seated"] == [CROWD] * (len(MOMENTS) + 1)


def suppressing(press: Callable[[], httpx.Response]) -> None:
    """Its server dies; whether it answered before is left open."""
    with suppress(httpx.TransportError):
        press()
