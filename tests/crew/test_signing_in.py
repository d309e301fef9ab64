"""Getting in by mail or password, out again, and what a stranger learns from trying: nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from apps.core import limits
from apps.crew import mailing
from apps.events import actions
from tests.events.conftest import Browser, Social

# What is asked here no storage answers in another way.
pytestmark = pytest.mark.looks

SECRET = "a lamp over the paper"
Open = Callable[..., Browser]


@pytest.fixture
def hana(social: Social, browser: Open) -> Browser:
    """With a mail address and a password."""
    social.hana.user.email = "Hana@example.org"
    social.hana.user.save()
    made = browser(crew=social.hana)
    assert put_password(made, SECRET).status_code == 204
    return made


def put_password(who: Browser, password: str, current: str = "") -> Any:
    return who.ask("PUT", "account/password/", {"password": password, "current": current})


def try_password(who: Client, name: str, password: str) -> Any:
    return who.post("/sign-in/", {"name": name, "password": password, "next": "/console/BCDFG/"})


def ask_for_mail(who: Client, address: str) -> Any:
    return who.post("/sign-in/", {"mail": address, "next": "/console/BCDFG/"})


def delivered() -> list[Any]:
    """What the postman has taken out by now."""
    mailing.POSTMAN.submit(int).result()
    return mail.outbox


def text_of(answer: Any) -> str:
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


def test_a_password_of_one_s_own(hana: Browser, social: Social, browser: Open) -> None:
    assert hana.ask("GET", "events/BCDFG/crew/").status_code == 200, "this device stays signed in"
    for name in ("Hana", "hana@example.ORG"):
        other = browser()
        answer = try_password(other, name, SECRET)
        assert (answer.status_code, answer["Location"]) == (302, "/console/BCDFG/")
        assert other.ask("GET", "events/BCDFG/crew/").status_code == 200
    # Another one, and the devices that had the old one are out.
    assert put_password(hana, "x" * 4 + SECRET, current="wrong").json()["fields"].keys() == {"current"}
    assert put_password(hana, "x" * 4 + SECRET, current=SECRET).status_code == 204
    assert other.ask("GET", "events/BCDFG/crew/").status_code == 404
    assert try_password(browser(), "Hana", SECRET).status_code == 403


@pytest.mark.parametrize("weak", ["short", "password1234", "Hana@example.org", ""])
def test_weak_ones(social: Social, browser: Open, weak: str) -> None:
    social.hana.user.email = "Hana@example.org"
    social.hana.user.save()
    refused = put_password(browser(crew=social.hana), weak).json()
    assert (refused["code"], list(refused["fields"])) == ("weak_password", ["password"])
    assert put_password(browser(), SECRET).status_code == 403


def test_whatever_does_not_fit_is_told_the_same(hana: Browser, social: Social, browser: Open) -> None:
    tries = [("Hana", "wrong"), ("Nobody", "wrong"), ("Mo", ""), ("Mo", "wrong"), ("hana@example.org", SECRET.upper())]
    answers = [try_password(browser(), *one) for one in tries]
    assert {one.status_code for one in answers} == {403}
    assert len({text_of(one) for one in answers}) == 1


@pytest.mark.usefixtures("moment")
def test_guessing_is_slowed_by_account_and_by_device(hana: Browser, browser: Open) -> None:
    for name in ("Hana", "Nobody"):
        codes = [
            try_password(browser(device=f"{name} {turn}"), name, "guess").status_code
            for turn in range(limits.PASSWORD_ACCOUNT.capacity + 1)
        ]
        assert codes == [403] * limits.PASSWORD_ACCOUNT.capacity + [429]
    one = browser(device="one device")
    codes = [
        try_password(one, f"guess {turn}", "guess").status_code for turn in range(limits.PASSWORD_DEVICE.capacity + 1)
    ]
    assert codes == [403] * limits.PASSWORD_DEVICE.capacity + [429]


def test_a_link_by_mail(hana: Browser, browser: Open) -> None:
    known, unknown = ask_for_mail(browser(), "hana@example.org"), ask_for_mail(browser(), "zoe@example.org")
    same = [text_of(one).replace("hana@", "").replace("zoe@", "") for one in (known, unknown)]
    assert (known.status_code, unknown.status_code, same[0]) == (200, 200, same[1])
    (sent,) = delivered()
    assert sent.to == ["Hana@example.org"]
    address = re.search(r"http://localhost(/sign-in/\S+)", sent.body)[1]
    here = browser()
    given = {name: here.get(address).context[name] for name in ("token", "next")}
    assert here.post("/sign-in/", given)["Location"] == "/console/BCDFG/"
    assert browser().post("/sign-in/", given).status_code == 403


@pytest.mark.usefixtures("moment")
def test_a_mailbox_is_not_flooded(hana: Browser, browser: Open) -> None:
    for address in ("hana@example.org", "zoe@example.org"):
        codes = [ask_for_mail(browser(), address).status_code for _n in range(limits.SIGN_IN_MAIL.capacity + 1)]
        assert codes == [200] * limits.SIGN_IN_MAIL.capacity + [429]
    assert len(delivered()) == limits.SIGN_IN_MAIL.capacity


@pytest.mark.usefixtures("moment")
def test_one_who_asks_and_asks_locks_nobody_out_of_the_hall(hana: Browser, browser: Open) -> None:
    """All of them behind one address."""
    for turn in range(60):
        ask_for_mail(browser(), f"guess-{turn}@example.org")
    for _turn in range(limits.SIGN_IN_ASK.capacity):
        ask_for_mail(browser(), "guess@example.org")
    assert ask_for_mail(browser(), "hana@example.org").status_code == 200
    assert [one.to for one in delivered()] == [["Hana@example.org"]]


def test_signing_out(hana: Browser) -> None:
    assert hana.get("/sign-out/").status_code == 405
    assert hana.post("/sign-out/")["Location"] == "/sign-in/"
    assert hana.ask("GET", "events/BCDFG/crew/").status_code == 404


def invite(hana: Browser, capture: Any, address: str, key: str | None = None) -> Any:
    with capture(execute=True):
        return hana.ask("POST", "events/BCDFG/crew/invitations/", {"role": "moderator", "mail": address}, key=key)


def test_invited_by_mail(
    social: Social, elsewhere: Social, browser: Open, django_capture_on_commit_callbacks: Any
) -> None:
    hana, key = browser(crew=social.hana), "the-key-of-one-press"
    for _twice in range(2):
        answer = invite(hana, django_capture_on_commit_callbacks, " mia@example.org", key)
        assert (answer.status_code, answer.json()["link"]) == (201, None)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["mia@example.org"], social.event.title)
    token = re.search(r"http://localhost/invitation/#(\w+)", sent.body)[1]
    mia = browser()
    assert mia.ask("POST", "invitation/acceptance/", {"token": token, "name": "Mia"}).status_code == 201
    # The address is hers from now on: it leads back in.
    ask_for_mail(browser(), "mia@example.org")
    assert [one.to for one in delivered()] == [["mia@example.org"]] * 2
    invite(hana, django_capture_on_commit_callbacks, "MIA@example.org")
    token = re.search(r"#(\w+)", mail.outbox[-1].body)[1]
    # The next invitation is no way into her account for whoever it was passed on to; she has to be signed in.
    assert browser().ask("POST", "invitation/acceptance/", {"token": token}).json()["code"] == "empty"
    assert mia.ask("POST", "invitation/acceptance/", {"token": token}).json()["code"] == "already_crew"
    # Somebody else's link leaves one's own account as it was, mailbox included.
    invite(hana, django_capture_on_commit_callbacks, "eve@example.org")
    token = re.search(r"#(\w+)", mail.outbox[-1].body)[1]
    max_ = browser(crew=elsewhere.mo)
    assert max_.ask("POST", "invitation/acceptance/", {"token": token}).status_code == 201
    elsewhere.mo.user.refresh_from_db()
    assert elsewhere.mo.user.email == ""


def test_with_a_hosts_rights_go_their_invitations(social: Social, browser: Open) -> None:
    other = actions.add_crew(social.event, "Hugo", "host")
    link = browser(crew=other).ask("POST", "events/BCDFG/crew/invitations/", {"role": "host"}).json()["link"]
    actions.revoke(other)
    wanted = {"token": link.partition("#")[2], "name": "Hugo again"}
    assert browser().ask("POST", "invitation/acceptance/", wanted).json()["code"] == "invitation_withdrawn"
    assert browser(crew=social.hana).ask("GET", "events/BCDFG/crew/invitations/").json() == {"invitations": []}
