"""Hosts and moderators: one-time addresses, accounts of several events, and rights that end at once."""

from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model, login
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from sesame.utils import get_user

from apps.core.refusal import Refusal
from apps.events import actions, stage
from apps.events.identity import Identity, by_token, identify
from apps.live import streams
from apps.live.models import Stream

from .conftest import Social
from .test_attending import cookies_of


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def token_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


def scope_of(user: object, **cookies: str) -> dict[str, object]:
    return {"cookies": cookies, "user": user}


def test_a_sign_in_address_works_once(social: Social, rf: RequestFactory) -> None:
    token = token_of(actions.new_sign_in_address(social.hana))
    user = get_user(token)
    assert user == social.hana.user
    request = rf.get("/")
    request.session = SessionStore()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    assert get_user(token) is None


def test_the_command_makes_crew_and_keeps_roles(social: Social) -> None:
    address = run("sign_in_link", "bcdfg", "Hal", "--base", "http://192.168.0.7:8000/")
    assert address.startswith("http://192.168.0.7:8000/sign-in/?token=")
    run("sign_in_link", "BCDFG", "Mo")
    assert {one.name: one.role for one in social.event.crew.all()} == {
        "Hana": "host",
        "Mo": "moderator",
        "Hal": "host",
    }
    run("sign_in_link", "BCDFG", "Mo", "--role", "host")
    assert social.event.crew.get(name="Mo").role == "host"
    with pytest.raises(CommandError, match="No event has this code"):
        run("sign_in_link", "XXXXX")


def test_one_account_at_two_events(social: Social, elsewhere: Social) -> None:
    actions.add_crew(elsewhere.event, "Hana", "moderator")
    assert get_user_model().objects.filter(username="Hana").count() == 1
    hana = scope_of(social.hana.user)
    assert [identify(hana, code, "console").role for code in ("BCDFG", "ZZZZZ")] == ["host", "moderator"]


def test_revoked_and_asked_back(social: Social) -> None:
    run("revoke_crew", "BCDFG", "Mo")
    mo = scope_of(social.mo.user)
    with pytest.raises(Refusal, match="not_here"):
        identify(mo, "BCDFG", "console")
    assert identify(mo, "BCDFG").role == "visitor"
    assert Stream.objects.get(name=streams.member("BCDFG", social.mo.public_id)).closed_at is not None
    again = actions.add_crew(social.event, "Mo", "moderator")
    assert identify(mo, "BCDFG", "console").streams()["me"] == streams.member("BCDFG", again.public_id)
    with pytest.raises(CommandError, match="Nobody on the crew"):
        run("revoke_crew", "BCDFG", "Zoe")


def stage_of(social: Social) -> Identity:
    return by_token(stage.token(social.fresh()))


def test_the_stage_s_address(social: Social) -> None:
    old = stage.token(social.event)
    assert stage_of(social).streams() == {
        "public": streams.public("BCDFG"),
        "me": streams.stage("BCDFG", social.event.stage_id),
    }
    assert actions.renew_stage_link(social.event) == stage.address(social.fresh())
    with pytest.raises(Refusal, match="not_here"):
        by_token(old)
    assert stage_of(social).event == social.event
    assert Stream.objects.get(name=streams.stage("BCDFG", old.split(".")[1])).closed_at is not None


@pytest.mark.parametrize("token", ["", ".", "BCDFG", "BCDFG.x.y", "BCDFG..", "💩", "x" * 500])
def test_a_token_that_is_none(social: Social, token: str) -> None:
    with pytest.raises(Refusal, match="not_here"):
        by_token(token)


def test_a_token_is_of_one_event(social: Social, elsewhere: Social) -> None:
    token = stage.token(social.event)
    assert identify({}, "bcdfg", "stage", token).event == social.event
    with pytest.raises(Refusal, match="not_here"):
        identify({}, "ZZZZZ", "stage", token)


@pytest.mark.parametrize(
    ("as_", "who", "heard"),
    [
        ("phone", "ada", ["public", "me"]),
        ("console", "hana", ["public", "crew", "me"]),
        ("console", "mo", ["public", "crew", "me"]),
        ("stage", "stage", ["public", "me"]),
    ],
)
def test_who_hears_what(social: Social, as_: str, who: str, heard: list[str]) -> None:
    scope = cookies_of("device-of-ada") if who == "ada" else scope_of(getattr(getattr(social, who, None), "user", None))
    token = stage.token(social.event) if who == "stage" else ""
    identity = identify(scope, "BCDFG", as_, token)
    identity.require("hear_public")
    assert list(identity.streams()) == heard


def test_a_visitor_is_asked_to_join(social: Social) -> None:
    visitor = identify({}, "BCDFG", "phone")
    with pytest.raises(Refusal, match="not_joined"):
        visitor.require("hear_public")
    assert visitor.streams() == {}
