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


def test_asking_who_is_signed_in_costs_one_look(hana: Browser, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert account_at(key_of(hana)).is_authenticated
    with django_assert_num_queries(2):
        assert not signed_out({key_of(hana)})
