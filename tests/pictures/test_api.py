"""Pictures over HTTP: what is refused, that a thing sent twice happens once, and that files go when they should."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from apps.core import limits
from apps.events import actions as events
from apps.live import sources, streams
from apps.live.models import Stream
from apps.pictures import files, queries
from apps.pictures.actions import sending
from apps.pictures.models import Picture
from tests.events.conftest import Browser, Clock, Social
from tests.events.told import stored
from tests.protocol import page

from . import samples
from .conftest import Send, files_in, named, sent_picture

PATH = "events/BCDFG/pictures/"


@pytest.fixture
def ada(browser: Callable[..., Browser], social: Social) -> Browser:
    cache.clear()
    return browser(device="device-of-ada")


@pytest.fixture
def ben(browser: Callable[..., Browser], social: Social) -> Browser:
    return browser(device="device-of-ben")


@pytest.fixture
def mo(browser: Callable[..., Browser], social: Social) -> Browser:
    return browser(crew=social.mo)


def public() -> dict[str, Any]:
    return {key: body for key, body in stored(streams.public("BCDFG")).items() if key.startswith("pictures/")}


def public_version() -> int:
    return Stream.objects.get(name=streams.public("BCDFG")).version


def own(social: Social) -> dict[str, Any]:
    mine = stored(streams.attendee("BCDFG", social.ada.public_id))
    return {key: body for key, body in mine.items() if key.startswith("own_pictures/")}


def decide(mo: Browser, one: Picture, verb: str, **more: str) -> Any:
    return mo.ask("PUT", f"{PATH}{one.public_id}/decision/", {"verb": verb, **more})


def test_from_a_phone_to_the_wall_and_down_again(
    ada: Browser, mo: Browser, social: Social, send: Send, moment: Clock, media: Path
) -> None:
    before = public_version()
    one = sent_picture(send, ada, caption=" The  room ", signed="true")
    assert (one.width, one.height, one.caption) == (240, 320, "The room")
    assert files_in(media) == named(one)
    assert public() == {}
    assert public_version() == before, "everybody could count those that wait"
    assert decide(mo, one, "approve").json()["picture"]["state"] == "approved"
    [(key, body)] = public().items()
    assert key == f"pictures/{one.public_id}"
    assert body == {
        "id": one.public_id,
        "by": "Ada",
        "width": 240,
        "height": 320,
        "caption": "The room",
        "approved_at": "2026-05-11T12:45:00.000Z",
    }
    assert mo.ask("DELETE", f"{PATH}{one.public_id}/decision/").json()["picture"]["state"] == "pending"
    assert mo.ask("DELETE", f"{PATH}{one.public_id}/decision/").json()["picture"]["state"] == "pending"
    assert public() == {}
    assert decide(mo, one, "decline").json()["code"] == "reason_missing"
    assert decide(mo, one, "decline", reason="agreement").status_code == 200
    assert "agrees" in own(social)[f"own_pictures/{one.public_id}"]["message"]
    assert decide(mo, one, "reconsider").json()["picture"]["state"] == "pending"
    for verb in ("approve", "approve", "take_down", "take_down", "put_back"):
        assert decide(mo, one, verb).status_code == 200
    assert decide(mo, one, "decline", reason="other").json()["code"] == "somebody_faster"
    assert [shown.public_id for shown in queries.shown(social.event)] == [one.public_id]
    with queries.file(one, "small").open("rb") as file:
        assert file.read(2) == b"\xff\xd8"
    moment.advance(seconds=11)
    assert mo.ask("DELETE", f"{PATH}{one.public_id}/decision/").json()["code"] == "too_late_to_undo"
    for name, documents in sources.gather("BCDFG").items():
        kept = {key: body for key, body in stored(name).items() if "picture" in key}
        assert kept == {key: body for key, body in documents.items() if "picture" in key}, name
        assert page.undescribed("pictures", {name: kept}, ("",)) == []


def test_what_is_refused_leaves_nothing(
    ada: Browser, ben: Browser, send: Send, social: Social, media: Path, browser: Any
) -> None:
    long = "x" * (limits.CAPTION_GRAPHEMES + 1)
    for form, code, status in (
        ({"consent": "false"}, "consent_missing", 400),
        ({"data": samples.SVG}, "not_a_picture", 400),
        ({"data": b""}, "invalid", 400),
        ({"caption": long}, "too_long", 400),
        ({"colour": "red"}, "invalid", 400),
        ({"data": bytes(limits.PICTURE_BYTES + 1)}, "too_large", 413),
        ({"key": "short"}, "key_missing", 400),
    ):
        answer = send(ada, **form)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert send(browser(device="device-of-nobody")).json()["code"] == "not_joined"
    assert send(browser()).json()["code"] == "not_joined"
    bare = ada.ask("POST", PATH, {"consent": True})
    assert (bare.status_code, bare.json()["code"]) == (415, "wrong_media_type")
    assert "multipart/form-data" in bare.json()["message"]
    social.event.segments.filter(kind="closing").update(options={})
    assert send(ada).json()["code"] == "no_pictures"
    assert files_in(media) == set()
    assert not Picture.objects.exists()


def test_twice_is_once(ada: Browser, send: Send, media: Path) -> None:
    """Also when the second arrives while the first is still being drawn: it finds the answer in the end."""
    first, second = (send(ada, key="key-of-one-picture", caption="Once") for _time in range(2))
    assert first.json() == second.json()
    assert second.status_code == 201
    assert send(ada, key="key-of-one-picture", caption="Another").json()["code"] == "key_reused"
    assert files_in(media) == named(Picture.objects.get())


def test_the_slower_of_two_lines_leaves_no_files(
    ada: Browser, send: Send, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.core.idempotency.answered", lambda *about: None)
    assert send(ada, key="key-of-one-picture").json() == send(ada, key="key-of-one-picture").json()
    assert files_in(media) == named(Picture.objects.get())


def test_there_is_room_for_so_many(
    ada: Browser, ben: Browser, mo: Browser, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PICTURES_PER_SENDER", 1)
    one = sent_picture(send, ada)
    assert send(ada).json()["code"] == "too_many_pictures"
    monkeypatch.setattr(sending, "PICTURES_PER_EVENT", 2)
    sent_picture(send, mo)
    assert send(ben).json()["code"] == "full"
    assert ada.ask("DELETE", f"{PATH}{one.public_id}/").status_code == 204
    sent_picture(send, ada)


@pytest.mark.usefixtures("moment")
def test_a_stream_of_pictures_is_slowed(ada: Browser, send: Send) -> None:
    answers = [send(ada, data=samples.SVG).status_code for _time in range(limits.PICTURE_SEND.capacity + 1)]
    assert answers == [400] * limits.PICTURE_SEND.capacity + [429]


@pytest.mark.django_db(transaction=True)
def test_files_go_with_their_picture_and_with_their_sender(
    ada: Browser, ben: Browser, mo: Browser, send: Send, social: Social, media: Path
) -> None:
    first, second, third = (sent_picture(send, who, caption=samples.WORD) for who in (ada, ada, ben))
    for one in (first, second, third):
        decide(mo, one, "approve")
    assert ben.ask("DELETE", f"{PATH}{first.public_id}/").status_code == 404
    assert [ada.ask("DELETE", f"{PATH}{first.public_id}/").status_code for _time in range(2)] == [204, 204]
    assert files_in(media) == named(second, third)
    events.forget(social.event, social.ada)
    assert files_in(media) == named(third)
    assert list(public()) == [f"pictures/{third.public_id}"]
    events.remove(social.event, social.ben.public_id)
    assert public() == {}
    assert decide(mo, third, "put_back").json()["code"] == "removed"
    events.forget(social.event, social.ben)
    assert files_in(media) == set()
    kept = json.dumps([stored(name) for name in (streams.public("BCDFG"), streams.crew("BCDFG"))])
    assert samples.WORD not in kept
    assert "picture" not in kept.replace('"pictures": true', "")


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_down_of_somebody_who_is_removed_stays_down(
    ben: Browser, mo: Browser, send: Send, social: Social, media: Path, moment: Clock
) -> None:
    one = sent_picture(send, ben)
    for verb in ("approve", "take_down"):
        decide(mo, one, verb)
    events.remove(social.event, social.ben.public_id)
    assert mo.ask("DELETE", f"{PATH}{one.public_id}/decision/").json()["code"] == "removed"
    assert public() == {}


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_event(ada: Browser, send: Send, social: Social, media: Path) -> None:
    sent_picture(send, ada)
    events.erase_event(social.event)
    assert files_in(media) == set()


def test_files_that_nothing_names_are_found(
    ada: Browser, send: Send, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent_picture(send, ada)
    lost = media / "pictures" / "lost.jpg"
    lost.write_bytes(b"lost")
    assert files.remove_orphans() == 0
    monkeypatch.setattr(files, "ORPHANED", timedelta(seconds=-5))
    assert files.remove_orphans() == 1
    assert files_in(media) == named(one)


def test_who_renamed_themselves_is_named_so(ada: Browser, mo: Browser, send: Send, social: Social) -> None:
    one = sent_picture(send, ada, signed="true")
    decide(mo, one, "approve")
    events.edit(social.event, social.ada, name="Adele")
    assert public()[f"pictures/{one.public_id}"]["by"] == "Adele"
