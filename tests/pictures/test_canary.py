"""Who may fetch a picture, whatever became of it: the whole table, so that a change of rights changes this test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apps.events import actions as events
from apps.events import stage
from apps.live import sources, streams
from apps.pictures import actions
from apps.pictures.models import Picture
from apps.pictures.rules import Verb
from tests.events.conftest import Browser, Social, arrive
from tests.events.told import stored

from . import samples
from .conftest import Send, sent_picture

# What became of it, and by role what fetching it answers. Everybody else gets 404, as if it were not there.
EVERYBODY = {"ada", "ben", "mo", "hana", "stage"}
MAY = {
    "pending": {"ada", "mo", "hana"},
    "declined": {"ada", "mo", "hana"},
    "taken_down": {"ada", "mo", "hana"},
    "approved": EVERYBODY,
    "undone": {"ada", "mo", "hana"},
    "deleted": set(),
}


@pytest.fixture
def askers(browser: Callable[..., Browser], social: Social, elsewhere: Social) -> dict[str, tuple[Browser, str]]:
    """By role, a browser and what it adds to the address."""
    cleo = arrive(social.event, "device-of-cleo", name="Cleo")
    events.remove(social.event, cleo.public_id)
    finn = events.add_crew(social.event, "Finn", "moderator")
    was_crew = browser(crew=finn)
    events.revoke(finn)
    token, other = (stage.address(one.event).split("/")[2] for one in (social, elsewhere))
    return {
        "ada": (browser(device="device-of-ada"), ""),
        "ben": (browser(device="device-of-ben"), ""),
        "mo": (browser(crew=social.mo), ""),
        "hana": (browser(crew=social.hana), ""),
        "stage": (browser(), f"?stage={token}"),
        "visitor": (browser(), ""),
        "zoe": (browser(device="device-of-zoe"), ""),
        "crew of another event": (browser(crew=elsewhere.mo), ""),
        "stage of another event": (browser(), f"?stage={other}"),
        "removed": (browser(device="device-of-cleo"), ""),
        "revoked": (was_crew, ""),
    }


def become(social: Social, one: Picture, state: str) -> None:
    steps: dict[str, list[Verb]] = {
        "declined": [Verb.DECLINE],
        "taken_down": [Verb.APPROVE, Verb.TAKE_DOWN],
        "approved": [Verb.APPROVE],
        "undone": [Verb.APPROVE],
    }
    for verb in steps.get(state, []):
        actions.decide(
            social.event, one.public_id, verb=verb, by=social.mo, reason="other" if verb == "decline" else ""
        )
    if state == "undone":
        actions.undo(social.event, one.public_id, by=social.mo)
    if state == "deleted":
        actions.delete(social.event, social.ada, one.public_id)


@pytest.mark.parametrize("state", MAY)
def test_who_may_fetch_it(
    state: str, social: Social, askers: dict[str, tuple[Browser, str]], send: Send, media: Path
) -> None:
    one = sent_picture(send, askers["ada"][0], caption=f"{samples.WORD} {state}")
    become(social, one, state)
    answers = {
        (role, size): who.get(f"/api/v1/events/BCDFG/pictures/{one.public_id}/{size}/{more}")
        for role, (who, more) in askers.items()
        for size in ("large", "small")
    }
    assert {role for (role, _size), answer in answers.items() if answer.status_code == 200} == MAY[state]
    for (role, _size), answer in answers.items():
        if role in MAY[state]:
            check_headers(answer, is_shown=state == "approved")
            assert answer.content.startswith(b"\xff\xd8")
            assert samples.CANARY not in answer.content
        else:
            # As if it had never been there; who was removed is told so by every route.
            assert answer.status_code == (403 if role == "removed" else 404)
            assert answer["Content-Type"] == "application/json"
    assert askers["mo"][0].get(f"/api/v1/events/BCDFG/pictures/{one.public_id}/huge/").status_code == 404
    assert askers["mo"][0].get(f"/api/v1/events/ZZZZZ/pictures/{one.public_id}/large/").status_code == 404
    check_documents(social, state)


def check_headers(answer: Any, *, is_shown: bool) -> None:
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Cache-Control"] == ("private, no-cache" if is_shown else "no-store")


def check_documents(social: Social, state: str) -> None:
    """The words of a picture that is not shown stand in the streams of its sender and the crew alone."""
    holders = {name for name in sources.gather("BCDFG") if samples.WORD in str(stored(name))}
    mine = {streams.crew("BCDFG"), streams.attendee("BCDFG", social.ada.public_id)}
    assert holders == (
        {*mine, streams.public("BCDFG")} if state == "approved" else set() if state == "deleted" else mine
    )


def test_a_browser_that_kept_it_asks_again_and_hears_when_it_is_gone(
    social: Social, askers: dict[str, tuple[Browser, str]], send: Send, media: Path
) -> None:
    one = sent_picture(send, askers["ada"][0])
    become(social, one, "approved")
    ben, path = askers["ben"][0], f"/api/v1/events/BCDFG/pictures/{one.public_id}/large/"
    kept = {"If-None-Match": ben.get(path)["ETag"]}
    assert ben.get(path, headers=kept).status_code == 304
    actions.decide(social.event, one.public_id, verb=Verb.TAKE_DOWN, by=social.hana)
    assert ben.get(path, headers=kept).status_code == 404


def test_only_the_crew_decides_and_only_its_sender_deletes(
    social: Social, askers: dict[str, tuple[Browser, str]], send: Send, media: Path
) -> None:
    one = sent_picture(send, askers["ada"][0])
    path = f"events/BCDFG/pictures/{one.public_id}/"
    for role, (who, more) in askers.items():
        if role not in ("mo", "hana"):
            assert who.ask("PUT", f"{path}decision/{more}", {"verb": "approve"}).status_code in (403, 404), role
            assert who.ask("DELETE", f"{path}decision/{more}").status_code in (403, 404), role
        if role != "ada":
            assert who.ask("DELETE", f"{path}{more}").status_code in (403, 404), role
    one.refresh_from_db()
    assert one.state == "pending"
