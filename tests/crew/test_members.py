"""Roles, taking off, leaving, and the list of what was done."""

from collections.abc import Callable

import pytest

from apps.crew import sentences
from apps.events import actions
from apps.events.models import Crew
from apps.events.rules import Verb
from apps.live import streams
from apps.live.models import Stream
from tests.events.conftest import Browser, Clock, Social

CREW = "events/BCDFG/crew/"


def of(member: Crew) -> str:
    return f"{CREW}members/{member.public_id}/"


def role_of(member: Crew) -> str | None:
    member.refresh_from_db()
    return None if member.revoked_at else member.role


def texts(asking: Browser, before: str = "") -> list[str]:
    return [one["text"] for one in asking.ask("GET", f"{CREW}deeds/?before={before}").json()["deeds"]]


def test_who_is_on_the_crew(social: Social, elsewhere: Social, browser: Callable[..., Browser]) -> None:
    members = [
        {"id": social.hana.public_id, "name": "Hana", "role": "host"},
        {"id": social.mo.public_id, "name": "Mo", "role": "moderator"},
    ]
    for member in (social.hana, social.mo):
        assert browser(crew=member).ask("GET", CREW).json() == {"members": members, "me": member.public_id}
    for other in (browser(), browser(device="device-of-ada"), browser(crew=elsewhere.hana)):
        assert other.ask("GET", CREW).status_code == 404


def test_roles_are_changed(social: Social, browser: Callable[..., Browser]) -> None:
    hana, mo, key = browser(crew=social.hana), browser(crew=social.mo), "the-key-of-one-press"
    twice = [hana.ask("PATCH", of(social.mo), {"role": "host"}, key=key).json() for _time in range(2)]
    assert twice == [{"member": {"id": social.mo.public_id, "name": "Mo", "role": "host"}}] * 2
    assert mo.ask("PATCH", of(social.hana), {"role": "moderator"}).status_code == 200
    assert hana.ask("PATCH", of(social.mo), {"role": "moderator"}).json()["code"] == "not_allowed"
    assert texts(mo) == ["Mo made Hana moderator.", "Hana made Mo host."]


def test_a_former_host_s_press_does_nothing(social: Social) -> None:
    """Looked up before the change, pressed after it: rights are asked under the event's lock."""
    hal = actions.add_crew(social.event, "Hal", "host")
    actions.change_role(social.event, hal.public_id, "moderator", by=social.hana)
    hal.role = "host"
    with pytest.raises(Exception, match="not_allowed"):
        social.press("start", by=hal)
    assert social.fresh().started_at is None


def test_taken_off(social: Social, browser: Callable[..., Browser]) -> None:
    hana, mo = browser(crew=social.hana), browser(crew=social.mo)
    assert [hana.ask("DELETE", of(social.mo)).status_code for _twice in range(2)] == [204, 204]
    assert mo.ask("GET", CREW).status_code == 404
    assert Stream.objects.get(name=streams.member("BCDFG", social.mo.public_id)).closed_at
    assert hana.ask("PATCH", of(social.mo), {"role": "host"}).status_code == 404
    assert texts(hana) == ["Hana took Mo off the crew."]


def test_the_last_host_stays(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    answers = [
        hana.ask("DELETE", f"{CREW}me/"),
        hana.ask("DELETE", of(social.hana)),
        hana.ask("PATCH", of(social.hana), {"role": "moderator"}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "last_host")] * 3
    assert role_of(social.hana) == "host"
    actions.change_role(social.event, social.mo.public_id, "host", by=social.hana)
    assert hana.ask("DELETE", f"{CREW}me/").status_code == 204
    assert (role_of(social.hana), role_of(social.mo)) == (None, "host")


def test_a_moderator_leaves(social: Social, browser: Callable[..., Browser]) -> None:
    mo = browser(crew=social.mo)
    assert mo.ask("DELETE", f"{CREW}me/").status_code == 204
    assert mo.ask("DELETE", f"{CREW}me/").status_code == 404
    assert texts(browser(crew=social.hana)) == ["Mo left the crew."]


@pytest.mark.parametrize("who", ["mo", "ada", "other", "nobody"])
def test_hosts_alone(social: Social, elsewhere: Social, browser: Callable[..., Browser], who: str) -> None:
    crew = {"mo": social.mo, "other": elsewhere.hana}.get(who)
    asking = browser(crew=crew, device="device-of-ada" if who == "ada" else None)
    status = 403 if who == "mo" else 404
    assert asking.ask("PATCH", of(social.mo), {"role": "host"}).status_code == status
    assert asking.ask("DELETE", of(social.hana)).status_code == status
    assert asking.ask("GET", f"{CREW}deeds/").status_code == (200 if who == "mo" else 404)
    assert (role_of(social.hana), role_of(social.mo)) == ("host", "moderator")


def test_another_event_s_member_is_nobody(social: Social, elsewhere: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    for member in (elsewhere.mo.public_id, "missing"):
        path = f"{CREW}members/{member}/"
        answers = [hana.ask("DELETE", path), hana.ask("PATCH", path, {"role": "host"})]
        assert [(one.status_code, one.json()["code"]) for one in answers] == [(404, "not_here")] * 2
    assert role_of(elsewhere.mo) == "moderator"


def test_what_was_done_page_by_page(social: Social, browser: Callable[..., Browser], moment: Clock) -> None:
    mo = browser(crew=social.mo)
    for turn in range(60):
        if turn % 3:
            moment.advance(seconds=1)
        social.press("unblank" if turn % 2 else "blank", by=social.mo)
    moment.advance(seconds=1)
    social.press("start")
    actions.remove(social.event, social.ben.public_id, by=social.mo)
    first = mo.ask("GET", f"{CREW}deeds/").json()
    second = mo.ask("GET", f"{CREW}deeds/?before={first['deeds'][-1]['id']}").json()
    assert (len(first["deeds"]), first["more"], len(second["deeds"]), second["more"]) == (50, True, 12, False)
    everything = [*first["deeds"], *second["deeds"]]
    assert len({one["id"] for one in everything}) == 62
    assert [one["at"] for one in everything] == sorted((one["at"] for one in everything), reverse=True)
    assert {one["text"] for one in everything[:2]} == {"Hana started the event.", "Mo removed Ben from the event."}
    assert mo.ask("GET", f"{CREW}deeds/?before=missing").status_code == 404
    # Who asks to be forgotten has no name here either.
    actions.forget(social.event, social.event.attendees.get(public_id=social.ben.public_id))
    assert "Mo removed somebody from the event." in texts(mo)


def test_every_move_has_a_sentence() -> None:
    assert set(sentences.MOVES) == set(Verb)
