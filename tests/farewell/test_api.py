"""What a client of contacts may send, and where a line may never stand; who may do what is in `tests/roles`."""

import itertools
import json
import logging
from collections.abc import Callable

import pytest

from apps.core.idempotency import fingerprint
from apps.core.limits import CONTACT_SELF
from apps.core.models import Answer
from apps.farewell.models import Contact
from tests.events.conftest import Browser

from .conftest import Party

KEYS = itertools.count()
HERE = "events/BCDFG/contacts/BEN/"
ROUTES = {
    "offer": ("PUT", HERE, {"contact": "ada@example.org"}),
    "withdraw": ("DELETE", HERE, None),
    "block": ("PUT", f"{HERE}block/", None),
    "unblock": ("DELETE", f"{HERE}block/", None),
}


@pytest.fixture
def ask(party: Party, browser: Callable[..., Browser]) -> Callable[..., object]:
    """`ask("ada", "PUT", path, body)`, with BEN and ADA for their ids and a fresh key unless one is given."""

    def asked(who: str, method: str, path: str = HERE, body: object = None, key: str = "") -> object:
        return asked_by(party, browser(device=f"device-of-{who}"), method, path, body, key)

    return asked


def asked_by(party: Party, opened: Browser, method: str, path: str, body: object, key: str = "") -> object:
    """With a key also for the methods that need none elsewhere."""
    headers = {"Idempotency-Key": key or f"key-of-a-contact-{next(KEYS):08}"}
    for name, person in (("BEN", party.ben), ("ADA", party.ada)):
        path = path.replace(f"/{name}/", f"/{person.public_id}/")
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return opened.generic(method, f"/api/v1/{path}", data, content_type="application/json", headers=headers)


def test_what_arrives_again_late_changes_nothing(party: Party, ask: Callable) -> None:
    """Each request once more after the next one: no line comes back, and no block goes."""
    of_ada = party.ada.contacts.filter(to=party.ben)
    first = [("PUT", HERE, {"contact": "ada"}), ("DELETE", HERE, None)]
    second = [("PUT", HERE, {"contact": "ada2"})]
    blocks = [("PUT", f"{HERE}block/", None), ("DELETE", f"{HERE}block/", None), ("PUT", f"{HERE}block/", None)]
    sent: list[tuple[tuple, str]] = []
    for number, request in enumerate(first + second + blocks):
        sent.append((request, f"key-of-something-late-{number}"))
        assert ask("ada", *request, key=sent[-1][1]).status_code == 204
        before = of_ada.values_list("line", "blocks", "lapsed").get()
        for earlier, key in sent:
            assert ask("ada", *earlier, key=key).status_code == 204
            assert of_ada.values_list("line", "blocks", "lapsed").get() == before, (request, earlier)
    assert before == ("", True, False)


@pytest.mark.parametrize("route", ROUTES)
def test_a_key_is_needed(ask: Callable, route: str) -> None:
    answer = ask("ada", *ROUTES[route], key="short")
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"contact": 5}, "invalid"),
        ({"contact": None}, "invalid"),
        ({"contact": ["a"]}, "invalid"),
        ({"contact": "a", "to": "b"}, "invalid"),
        ({"contact": "  "}, "empty"),
        ({"contact": "x" * 121}, "too_long"),
        ({"contact": "x" * 5000}, "invalid"),
        (b"{", "unreadable"),
    ],
)
def test_a_bad_body_is_refused_and_changes_nothing(party: Party, ask: Callable, body: object, code: str) -> None:
    answer = ask("ada", "PUT", body=body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Contact.objects.exclude(line="").exists()


def test_who_is_blocked_by_oneself_is_offered_nothing(ask: Callable) -> None:
    ask("ada", "PUT", f"{HERE}block/")
    answer = ask("ada", "PUT", body={"contact": "a"})
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")


def test_a_thumb_that_never_stops_is_stopped(ask: Callable) -> None:
    answers = [ask("ada", "DELETE").status_code for _time in range(CONTACT_SELF.capacity + 1)]
    assert answers == [204] * CONTACT_SELF.capacity + [429]


def test_a_line_stands_in_no_log_and_no_stored_answer(
    party: Party, ask: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="apps")
    caplog.set_level(logging.DEBUG, logger="django.request")
    for body in ({"contact": "canary1x"}, {"contact": "canary1x", "odd": 1}, {"contact": "canary1x" * 20}):
        ask("ada", "PUT", body=body)
        ask("dan", "PUT", body=body)
    ask("ada", "DELETE")
    assert "canary1x" not in caplog.text
    # Whoever guesses a line cannot see by what is stored that it was this one.
    path = f"/api/v1/{HERE}".replace("BEN", party.ben.public_id)
    answers = list(Answer.objects.values_list("body", "fingerprint"))
    assert answers == [(None, fingerprint("PUT", path)), (None, fingerprint("DELETE", path))]
