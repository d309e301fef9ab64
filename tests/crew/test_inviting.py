"""Invitations: a link that works once, for seven days, and of which nothing is kept."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.core import serializers
from django.db import connection

from apps.core.models import Answer
from apps.crew.models import Deed, Invitation
from apps.events.models import Crew
from tests.events.conftest import Browser, Clock, Social

INVITATIONS = "events/BCDFG/crew/invitations/"


def invite(hana: Browser, role: str = "moderator", key: str | None = None) -> tuple[str, str]:
    """The invitation's id, and the token of its link."""
    answer = hana.ask("POST", INVITATIONS, {"role": role}, key=key)
    assert answer.status_code == 201, answer.json()
    page, _mark, token = answer.json()["link"].partition("#")
    assert page == "/invitation/"
    return answer.json()["invitation"]["id"], token


def accept(who: Browser, token: str, name: str = "Mia", key: str | None = None) -> dict:
    return who.ask("POST", "invitation/acceptance/", {"token": token, "name": name}, key=key).json()


def pending(hana: Browser) -> list[str]:
    return [one["id"] for one in hana.ask("GET", INVITATIONS).json()["invitations"]]


def test_from_a_link_to_the_crew(social: Social, browser: Callable[..., Browser]) -> None:
    hana, mia = browser(crew=social.hana), browser(device="device-of-mia")
    invitation, token = invite(hana)
    assert pending(hana) == [invitation]
    asked = mia.ask("POST", "invitation/", {"token": token})
    title = social.event.title
    assert asked.json() == {"event": {"code": "BCDFG", "title": title}, "role": "moderator", "by": "Hana"}
    answer = accept(mia, token, " Mia \u202e ")
    assert answer["next"] == "/console/BCDFG/"
    member = Crew.objects.get(public_id=answer["member"])
    assert (member.name, member.role, member.event) == ("Mia", "moderator", social.event)
    # Signed in on this device, as nobody the command line could mean by "Mia".
    assert mia.ask("GET", "events/BCDFG/snapshot/?as=console").status_code == 200
    assert member.user.username != "Mia"
    assert not member.user.has_usable_password()
    assert pending(hana) == []
    assert [(deed.by.name, deed.deed, deed.about) for deed in Deed.objects.order_by("pk")] == [
        ("Hana", "invite_crew", {"role": "moderator", "by_mail": False}),
        ("Mia", "join_crew", {"role": "moderator"}),
    ]


def test_it_works_once(social: Social, browser: Callable[..., Browser]) -> None:
    _invitation, token = invite(browser(crew=social.hana))
    assert "member" in accept(browser(), token)
    late = browser()
    assert accept(late, token, "Mallory")["code"] == "invitation_used"
    assert late.ask("POST", "invitation/", {"token": token}).json()["code"] == "invitation_used"
    assert late.ask("GET", "events/BCDFG/snapshot/?as=console").status_code == 404
    assert not social.event.crew.filter(name="Mallory").exists()


def test_a_lost_answer_comes_again(social: Social, browser: Callable[..., Browser]) -> None:
    hana, key = browser(crew=social.hana), "the-key-of-one-press"
    assert invite(hana, key=key) == invite(hana, key=key)
    _invitation, token = invite(hana, key=key)
    first = browser(device="device-of-mia")
    told = accept(first, token, key=key)
    # The phone lost the answer, and with it the session.
    again = browser(device="device-of-mia")
    again.cookies["device"] = first.cookies["device"].value
    assert accept(again, token, key=key) == told
    assert again.ask("GET", "events/BCDFG/snapshot/?as=console").status_code == 200
    assert social.event.crew.count() == 3


def test_an_account_there_is(social: Social, elsewhere: Social, browser: Callable[..., Browser]) -> None:
    """Who is signed in accepts as who they are; the crew itself uses up no invitation by looking at it."""
    hana, max_ = browser(crew=social.hana), browser(crew=elsewhere.mo)
    _invitation, token = invite(hana, role="host")
    assert accept(hana, token)["code"] == "already_crew"
    member = Crew.objects.get(public_id=accept(max_, token, "")["member"])
    assert (member.user, member.name, member.role) == (elsewhere.mo.user, "Max", "host")
    assert max_.ask("GET", "events/ZZZZZ/snapshot/?as=console").status_code == 200


def test_withdrawn(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    invitation, token = invite(hana)
    assert [hana.ask("DELETE", f"{INVITATIONS}{invitation}/").status_code for _twice in range(2)] == [204, 204]
    assert accept(browser(), token)["code"] == "invitation_withdrawn"
    assert pending(hana) == []
    used, token = invite(hana)
    accept(browser(), token)
    assert hana.ask("DELETE", f"{INVITATIONS}{used}/").json()["code"] == "invitation_used"


def test_too_old(social: Social, browser: Callable[..., Browser], moment: Clock) -> None:
    hana = browser(crew=social.hana)
    invitation, token = invite(hana)
    moment.advance(days=7, seconds=-1)
    assert pending(hana) == [invitation]
    moment.advance(seconds=1)
    assert pending(hana) == []
    assert accept(browser(), token)["code"] == "invitation_expired"


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "💩" * 10, "x" * 65])
def test_a_token_that_is_none(social: Social, browser: Callable[..., Browser], token: str) -> None:
    anybody = browser()
    assert anybody.ask("POST", "invitation/", {"token": token}).status_code in (400, 404)
    assert accept(anybody, token)["code"] in ("invalid", "no_invitation")


def test_a_name_is_needed(social: Social, browser: Callable[..., Browser]) -> None:
    _invitation, token = invite(browser(crew=social.hana))
    anybody = browser()
    assert accept(anybody, token, " ")["code"] == "empty"
    assert accept(anybody, token, "x" * 41)["code"] == "too_long"
    assert "member" in accept(anybody, token)


def test_two_of_one_name(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    members = [accept(browser(), invite(hana)[1], "Hana")["member"] for _twice in range(2)]
    users = {Crew.objects.get(public_id=one).user for one in members}
    assert len(users) == 2
    assert social.hana.user not in users


def test_nothing_of_the_link_is_kept(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    _invitation, token = invite(hana)
    accept(browser(), token)
    kept = serializers.serialize("json", [*Invitation.objects.all(), *Deed.objects.all(), *Answer.objects.all()])
    assert token not in kept
    # What would find it, were it there: the public id is.
    assert _invitation in kept


@pytest.mark.parametrize("who", ["mo", "ada", "other", "nobody"])
def test_hosts_alone(social: Social, elsewhere: Social, browser: Callable[..., Browser], who: str) -> None:
    invitation, token = invite(browser(crew=social.hana))
    crew = {"mo": social.mo, "other": elsewhere.hana}.get(who)
    asking = browser(crew=crew, device="device-of-ada" if who == "ada" else None)
    status = 403 if who == "mo" else 404
    assert asking.ask("GET", INVITATIONS).status_code == status
    assert asking.ask("POST", INVITATIONS, {"role": "host"}).status_code == status
    assert asking.ask("DELETE", f"{INVITATIONS}{invitation}/").status_code == status
    # Of another event, or none at all: told the same.
    there = browser(crew=elsewhere.hana)
    answers = [there.ask("DELETE", f"events/ZZZZZ/crew/invitations/{one}/").json() for one in (invitation, "missing")]
    assert answers[0] == answers[1]
    assert "member" in accept(browser(), token)


def test_erased_with_its_event(social: Social, browser: Callable[..., Browser]) -> None:
    from apps.events import actions

    _invitation, token = invite(browser(crew=social.hana))
    accept(browser(), token)
    actions.erase_event(social.event)
    assert (Invitation.objects.count(), Deed.objects.count()) == (0, 0)
    assert not get_user_model().objects.filter(username__startswith="Mia").exists()
    assert connection.in_atomic_block
