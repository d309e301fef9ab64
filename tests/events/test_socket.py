"""The socket's door: attendees by cookie, crew by account, the stage by its token; everybody else is told why not."""

import pytest

from apps.core.refusal import Refusal
from apps.events import actions, stage
from apps.events.socket import admission
from apps.live import streams
from apps.live.upward import Hello

from .conftest import Social
from .test_attending import cookies_of


def at_the_door(code: str, hello: Hello, **scope: object) -> dict[str, str]:
    return admission({"url_route": {"kwargs": {"code": code}}, **scope}, hello).streams


def refused(code: str, hello: Hello, **scope: object) -> str:
    with pytest.raises(Refusal) as refusal:
        at_the_door(code, hello, **scope)
    return refusal.value.code


PHONE, CONSOLE = Hello("phone"), Hello("console")


def test_those_who_belong_here(social: Social) -> None:
    ada = cookies_of("device-of-ada")
    assert at_the_door("bcdfg", PHONE, **ada) == {
        "public": streams.public("BCDFG"),
        "me": streams.attendee("BCDFG", social.ada.public_id),
    }
    assert at_the_door("BCDFG", CONSOLE, user=social.mo.user) == {
        "public": streams.public("BCDFG"),
        "crew": streams.crew("BCDFG"),
        "me": streams.member("BCDFG", social.mo.public_id),
    }
    assert at_the_door("BCDFG", Hello("stage", stage.token(social.event))) == {
        "public": streams.public("BCDFG"),
        "me": streams.stage("BCDFG", social.event.stage_id),
    }


def test_those_who_do_not(social: Social, elsewhere: Social) -> None:
    assert refused("XXXXX", PHONE) == "not_here"
    assert refused("BCDFG", PHONE, **cookies_of("device-of-zoe")) == "not_joined"
    assert refused("BCDFG", PHONE, user=social.hana.user) == "not_joined"
    assert refused("BCDFG", CONSOLE, **cookies_of("device-of-ada")) == "signed_out"
    assert refused("BCDFG", CONSOLE, user=elsewhere.hana.user) == "not_here"
    assert refused("BCDFG", Hello("stage", stage.token(elsewhere.event))) == "not_here"
    assert refused("BCDFG", Hello("stage")) == "not_here"
    actions.remove(social.event, social.ada.public_id)
    assert refused("BCDFG", PHONE, **cookies_of("device-of-ada")) == "removed"
