"""A mail address for who has none: by a link to that very mailbox, once, and never one that is another's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from apps.crew import actions as crew
from apps.crew import mailing
from apps.crew.actions import mailboxes
from tests.events.conftest import Browser, Social

# What is asked here no storage answers in another way.
pytestmark = [pytest.mark.looks, pytest.mark.usefixtures("transactional_db")]
Open = Callable[..., Browser]


@pytest.fixture
def mia(social: Social, browser: Open) -> Browser:
    """Made by a link: nobody knows how to reach her."""
    token = "5" * 64
    crew.invite(social.event, role="host", token=token, by=social.hana)
    made = browser()
    assert made.ask("POST", "invitation/acceptance/", {"token": token, "name": "Mia"}).status_code == 201
    return made


def ask(who: Browser, address: str, current: str = "") -> Any:
    return who.ask("POST", "account/mailbox/", {"mail": address, "current": current})


def delivered() -> list[Any]:
    mailing.POSTMAN.submit(int).result()
    return mail.outbox


def link() -> str:
    return re.search(r"http://localhost(/sign-in/mailbox/\S+)", delivered()[-1].body)[1]


def press(who: Browser, address: str) -> Any:
    """Open the link, which alone does nothing, and press its button."""
    opened = who.get(address)
    return who.post("/sign-in/mailbox/", {"token": opened.context["token"]}) if opened.status_code == 200 else opened


def test_from_then_on_links_come_by_mail(mia: Browser, browser: Open) -> None:
    assert ask(mia, " Mia@example.org ").status_code == 204
    (sent,) = delivered()
    assert (sent.to, "Mia" in sent.body) == (["Mia@example.org"], False)
    address = link()
    for _preview in range(2):
        assert "This is my mail address" in mia.get(address).content.decode()
    browser().post("/sign-in/", {"mail": "mia@example.org"})
    assert len(delivered()) == 1, "asked for is not yet taken"
    for _twice in range(2):
        assert press(mia, address).context["is_yours"]
    browser().post("/sign-in/", {"mail": "mia@example.org"})
    given = re.search(r"token=([^&\s]+)", delivered()[-1].body)[1]
    again = browser()
    assert again.post("/sign-in/", {"token": given}).status_code == 302
    assert again.ask("GET", "events/BCDFG/crew/").json()["me"] == mia.ask("GET", "events/BCDFG/crew/").json()["me"]
    # There is one now: whoever finds an open laptop cannot have the links sent elsewhere.
    assert ask(mia, "eve@example.org").json()["code"] == "has_mail"


def test_nobody_gets_the_mailbox_of_another_account(social: Social, mia: Browser, browser: Open) -> None:
    social.hana.user.email = "hana@example.org"
    social.hana.user.save()
    answers = [ask(mia, one) for one in ("HANA@example.org", "new@example.org")]
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2, "nobody learns whose it is"
    told = delivered()
    assert [one.to for one in told] == [["HANA@example.org"], ["new@example.org"]]
    assert ("/sign-in/mailbox/" in told[0].body, "belongs to an account already" in told[0].body) == (False, True)
    # Another account came first, between the asking and the pressing.
    social.mo.user.email = "NEW@example.org"
    social.mo.user.save()
    assert press(mia, link()).status_code == 409


def test_a_link_is_for_who_asked_for_it(social: Social, mia: Browser, browser: Open) -> None:
    """Eve's link, opened by whoever reads that mailbox, gives it to no account: not to Eve's, and not to theirs."""
    ask(mia, "mo@example.org")
    address = link()
    for other in (browser(), browser(crew=social.mo)):
        assert other.get(address).status_code == 403
        token = address.partition("token=")[2]
        assert other.post("/sign-in/mailbox/", {"token": token}).status_code == 403
    social.mo.user.refresh_from_db()
    assert social.mo.user.email == ""


def test_a_link_of_yesterday_or_of_nowhere(mia: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(mia, "mia@example.org")
    for token in ("", "guess", link().partition("token=")[2][:-1]):
        assert mia.get("/sign-in/mailbox/", {"token": token}).status_code == 403
    monkeypatch.setattr(mailboxes, "VALID", timedelta(0))
    assert mia.get(link()).status_code == 403


def test_whoever_has_a_password_is_asked_for_it(mia: Browser) -> None:
    assert mia.ask("PUT", "account/password/", {"password": "a lamp over the paper"}).status_code == 204
    assert ask(mia, "mia@example.org", "guess").json()["fields"].keys() == {"current"}
    assert delivered() == []
    assert ask(mia, "mia@example.org", "a lamp over the paper").status_code == 204
    assert ask(mia, "no address", "a lamp over the paper").json()["fields"].keys() == {"mail"}


def test_the_same_press_sends_one_mail(mia: Browser) -> None:
    for _twice in range(2):
        key, wanted = "the-key-of-one-press", {"mail": "mia@example.org"}
        assert mia.ask("POST", "account/mailbox/", wanted, key=key).status_code == 204
    assert len(delivered()) == 1
