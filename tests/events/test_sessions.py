"""Who is signed in, asked in the very moment in which a password is chosen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection

from apps.events.sessions import SessionStore, account_at, signed_out

from .conftest import Browser, Social


@pytest.fixture
def hana(social: Social, browser: Callable[..., Browser]) -> Browser:
    return browser(crew=social.hana)


def key_of(who: Browser) -> str:
    return who.cookies["crew"].value


def choose(social: Social, *browsers: Browser) -> None:
    """A password, by which these browsers stay signed in."""
    user = social.hana.user
    user.set_password("a lamp over the paper")
    user.save()
    for one in browsers:
        session = SessionStore(key_of(one))
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()


@contextmanager
def between(act: Callable[[], None]) -> Iterator[None]:
    """What another process does after this one has read a session, and before it reads whose it is."""
    done: list[bool] = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if 'FROM "auth_user"' in sql and not done:
            done.append(True)
            act()
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield
    assert done


@pytest.mark.parametrize(
    "is_signed_in",
    [
        lambda who: who.ask("GET", "events/BCDFG/crew/").status_code == 200,
        lambda who: account_at(key_of(who)).is_authenticated,
        lambda who: signed_out({key_of(who)}) == set(),
    ],
    ids=["by a request", "by a websocket", "by an open websocket"],
)
def test_a_first_password_signs_nobody_out_whose_browser_is_busy(
    hana: Browser, social: Social, is_signed_in: Callable[[Browser], bool]
) -> None:
    key = key_of(hana)
    with between(lambda: choose(social, hana)):
        assert is_signed_in(hana)
    assert is_signed_in(hana)
    # Chosen elsewhere: out at once, and what is over is not kept.
    with between(lambda: choose(social)):
        assert not is_signed_in(hana)
    assert not is_signed_in(hana)
    assert hana.ask("GET", "events/BCDFG/crew/").status_code == 404
    assert not SessionStore().exists(key)


def test_a_look_that_was_on_its_way_takes_no_new_session_from_its_browser(
    hana: Browser, social: Social, browser: Callable[..., Browser]
) -> None:
    """Asked by another tab before a password was changed, or before somebody signed in, and answered after that."""
    choose(social, hana)
    other_tab = browser(crew=social.hana)
    other_tab.cookies["crew"] = key_of(hana)
    change = {"current": "a lamp over the paper", "password": "a paper under the lamp"}
    assert hana.ask("PUT", "account/password/", change).status_code == 204
    assert key_of(other_tab) != key_of(hana)
    late = other_tab.ask("GET", "events/BCDFG/crew/")
    assert (late.status_code, late.cookies.output()) == (404, "")
    assert "Cookie" in late["Vary"]
    # Who signs out has no cookie left, also where the session was over already.
    for tab in (hana, other_tab):
        assert tab.post("/sign-out/").cookies["crew"].value == ""


def test_asking_who_is_signed_in_costs_one_look(hana: Browser, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert account_at(key_of(hana)).is_authenticated
    with django_assert_num_queries(2):
        assert not signed_out({key_of(hana)})
