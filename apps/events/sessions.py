"""Which account a browser is signed in as, and whether that still stands.

A session and its account are read one after the other. A first password changes both in one commit, under the same
key: a look that falls around it sees an old session beside a new password, as of somebody who is to be out. So what
seems to be over is looked at once more; no browser's first password comes twice.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from apps.core import clock

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


class SignedIn(AuthenticationMiddleware):
    """`request.user`, by `account`; and no session is taken from a browser that has another one by now."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: account(request))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # One that was not there, and was not ended here: Django would take the cookie from the browser. But this answer
        # may come after that to another tab, by which it got a new one, under a new password or as whoever signed in.
        if request.session.is_empty() and not request.session.modified:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return response


def account_at(key: str | None) -> AbstractBaseUser | AnonymousUser:
    """The account of the session with this key, for who has no request."""
    request = HttpRequest()
    request.session = SessionStore(key)
    return account(request)


def account(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Who is signed in. A session that stands no more is ended, by Django, which takes the second look."""
    session = request.session
    if SESSION_KEY in session:
        user = User.objects.filter(pk=session[SESSION_KEY]).first()
        if stands(session, user):
            assert user is not None, "somebody"
            return user
        request.session = SessionStore(session.session_key)
    return auth.get_user(request)


def signed_out(tickets: set[str]) -> set[str]:
    """For `apps.live.tickets`: those of these sessions that are over.

    Somebody has signed out there or in as somebody else, has been signed in for too long, has chosen another password
    elsewhere, or their account has gone.
    """
    seemingly = over(tickets)
    return over(seemingly) if seemingly else seemingly


def over(keys: set[str]) -> set[str]:
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    found = {row.session_key: row.get_decoded() for row in rows}
    users = get_user_model().objects.in_bulk([data[SESSION_KEY] for data in found.values() if SESSION_KEY in data])
    return {key for key in keys if not stands(data := found.get(key, {}), users.get(int(data.get(SESSION_KEY, 0))))}


def stands(session: Mapping[str, Any], user: AbstractBaseUser | None) -> bool:
    if user is None or not user.is_active:
        return False
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
