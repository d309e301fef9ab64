"""A mail address for who has none: by a link to that very mailbox, once, and never one that is another's."""

import importlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection, transaction

from apps.crew import actions as crew
from apps.crew import mailing
from apps.crew.actions import mailboxes
from tests.events.conftest import Browser, Social

# What is asked here no storage answers in another way.
pytestmark = [pytest.mark.looks, pytest.mark.usefixtures("transactional_db")]
Open = Callable[..., Browser]
ONE_MAILBOX = importlib.import_module("apps.crew.migrations.0003_one_mailbox").Migration


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


def test_another_address_counts_once_it_is_confirmed(mia: Browser, browser: Open) -> None:
    ask(mia, "mia@example.org")
    press(mia, first := link())
    browser().post("/sign-in/", {"mail": "mia@example.org"})
    given = re.search(r"token=([^&\s]+)", delivered()[-1].body)[1]
    assert ask(mia, "mia@example.net").status_code == 204
    asked, notice = delivered()[-2:]
    assert (asked.to, notice.to) == (["mia@example.net"], ["mia@example.org"])
    assert ("example.net" in notice.body, "another mail address" in notice.body) == (False, True)
    second = re.search(r"http://localhost(/sign-in/mailbox/\S+)", asked.body)[1]
    assert sent_to(browser, "mia@example.net") == []
    assert sent_to(browser, "mia@example.org") == ["mia@example.org"]
    for _twice in range(2):
        assert press(mia, second).context["is_yours"]
    assert sent_to(browser, "mia@example.org") == []
    assert sent_to(browser, "mia@example.net") == ["mia@example.net"]
    # What lies in the old mailbox opens nothing any more: no link to sign in, and none that brings it back.
    assert browser().post("/sign-in/", {"token": given}).status_code == 403
    assert press(mia, first).status_code == 403


def test_a_new_password_ends_what_was_asked_for_before(mia: Browser, settings: Any) -> None:
    """Mia reads in her mailbox that somebody wants another one, and does as it says."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ask(mia, "mia@example.org")
    press(mia, link())
    ask(mia, "eve@example.org")
    asked, _notice = delivered()[-2:]
    assert mia.ask("PUT", "account/password/", {"password": "a lamp over the paper"}).status_code == 204
    assert press(mia, re.search(r"http://localhost(/sign-in/mailbox/\S+)", asked.body)[1]).status_code == 403


def sent_to(browser: Open, address: str) -> list[str]:
    """Where a link went that somebody asked for by this address."""
    before = len(delivered())
    assert browser().post("/sign-in/", {"mail": address}).status_code == 200
    return [to for one in delivered()[before:] for to in one.to]


def test_where_accounts_had_one_address_the_first_keeps_it(social: Social) -> None:
    """Links went to the first one all along."""
    people = [social.hana.user, social.mo.user, User.objects.create_user("max"), User.objects.create_user("zoe")]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_MAILBOX.operations[1].reverse_sql)
        for one, address in zip(people, ("a@example.org", "A@example.org", "", ""), strict=True):
            User.objects.filter(pk=one.pk).update(email=address)
        for operation in ONE_MAILBOX.operations:
            cursor.execute(operation.sql)
    assert [User.objects.get(pk=one.pk).email for one in people] == ["a@example.org", "", "", ""]


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
