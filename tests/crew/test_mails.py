"""Inviting by mail: what a mail says, what becomes of one that cannot be sent, and how many there may be."""

import re
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail

from apps.core import limits
from apps.crew import mailing
from apps.crew.models import Invitation
from apps.events import actions
from apps.events.models import Event
from tests.events.conftest import Browser, Clock, Social

PATH = "events/BCDFG/crew/invitations/"
MIA = {"role": "moderator", "mail": "mia@example.org"}
Open = Callable[..., Browser]

pytestmark = pytest.mark.usefixtures("transactional_db")


class Away:
    """A mail server that takes nothing."""

    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, _messages: list[Any]) -> int:
        raise SMTPException


@pytest.fixture
def hana(social: Social, browser: Open, settings: Any) -> Browser:
    settings.CAN_MAIL = True  # also where no mail server was named
    settings.ORIGINS = []
    return browser(crew=social.hana)


def test_a_mail_that_cannot_be_sent_invites_nobody(hana: Browser, settings: Any) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.crew.test_mails.Away"
    key = "the-key-of-one-press"
    for _twice in range(2):
        answer = hana.ask("POST", PATH, MIA, key=key)
        assert (answer.status_code, answer.json()["code"]) == (409, "mail_not_sent")
        assert hana.ask("GET", PATH).json() == {"invitations": []}
    deeds = [one["text"] for one in hana.ask("GET", "events/BCDFG/crew/deeds/").json()["deeds"]]
    assert deeds == ["Hana withdrew an invitation.", "Hana invited somebody as moderator."] * 2
    # The same press again, when the server is back: it is sent, once.
    settings.EMAIL_BACKEND = works
    for _twice in range(2):
        assert hana.ask("POST", PATH, MIA, key=key).status_code == 201
    (sent,) = mail.outbox
    token = re.search(r"#(\w+)", sent.body)[1]
    assert hana.ask("POST", "invitation/", {"token": token}).status_code == 200


def test_a_mail_server_too_slow_to_fail_takes_nothing_from_who_sent_it_meanwhile(
    hana: Browser, moment: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says no only when another request of the same press has handed the mail over, and has been told so."""
    send, key = mailing.send_invitation, "the-key-of-one-press"

    def fail_late(*_mail: Any) -> None:
        monkeypatch.setattr(mailing, "send_invitation", send)
        moment.advance(seconds=31)
        assert hana.ask("POST", PATH, MIA, key=key).status_code == 201
        raise mailing.NotSent()

    monkeypatch.setattr(mailing, "send_invitation", fail_late)
    assert hana.ask("POST", PATH, MIA, key=key).json()["code"] == "busy"
    (stands,) = hana.ask("GET", PATH).json()["invitations"]
    assert stands["sent_at"]
    (sent,) = mail.outbox
    token = re.search(r"#(\w+)", sent.body)[1]
    assert hana.ask("POST", "invitation/", {"token": token}).status_code == 200
    assert hana.ask("POST", PATH, MIA, key=key).status_code == 201


def test_a_mail_that_was_lost_with_its_process_goes_out_when_asked_again(
    hana: Browser, moment: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invitation stands and its answer is stored, and the server dies before the mail has gone."""
    send, key = mailing.send_invitation, "the-key-of-one-press"

    def die(*_mail: Any) -> None:
        # As another request hears that comes while this one is at it.
        assert hana.ask("POST", PATH, MIA, key=key).json()["code"] == "busy"
        raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "send_invitation", die)
    with pytest.raises(KeyboardInterrupt):
        hana.ask("POST", PATH, MIA, key=key)
    (stands,) = hana.ask("GET", PATH).json()["invitations"]
    assert (stands["sent_at"], mail.outbox) == (None, [])
    monkeypatch.setattr(mailing, "send_invitation", send)
    moment.advance(seconds=31)
    told = [hana.ask("POST", PATH, MIA, key=key) for _twice in range(2)]
    assert [one.status_code for one in told] == [201, 201]
    assert told[0].json() == told[1].json()
    (stands,) = hana.ask("GET", PATH).json()["invitations"]
    assert told[0].json() == {"invitation": stands, "link": None}
    assert stands["sent_at"]
    (sent,) = mail.outbox
    token = re.search(r"#(\w+)", sent.body)[1]
    assert hana.ask("POST", "invitation/", {"token": token}).status_code == 200


def test_what_is_no_address_and_a_server_that_sends_none(hana: Browser, browser: Open, settings: Any) -> None:
    for address in ("no address", "a@b", "@", "mia@example.org\nBcc: all@example.org"):
        assert hana.ask("POST", PATH, MIA | {"mail": address}).json()["fields"].keys() == {"mail"}
    settings.CAN_MAIL = False
    assert hana.ask("POST", PATH, MIA).json()["code"] == "no_mail"
    assert b'name="mail"' not in browser().get("/sign-in/").content
    assert not mail.outbox


def test_what_others_typed_is_cut_short_in_a_mail(social: Social, hana: Browser) -> None:
    Event.objects.update(title="Win a prize " * 16)
    assert hana.ask("POST", PATH, MIA).status_code == 201
    (sent,) = mail.outbox
    title = ("Win a prize " * 16)[:79].rstrip() + "…"
    link = re.search(r"http://localhost/invitation/#[0-9a-f]{64}", sent.body)[0]
    asked = f"Hana asks you to moderate “{title}”."
    assert (sent.subject, sent.body) == (
        title,
        f"{asked}\n\nThis link works once, within seven days:\n{link}\n",
    )


@pytest.mark.usefixtures("moment")
def test_a_day_has_an_end_to_mails_whatever_event_they_are_for(
    social: Social, elsewhere: Social, hana: Browser, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.take_in(elsewhere.event, social.hana.user, "Hana", "host")
    limits.spend(limits.MAIL_ACCOUNT, str(social.hana.user.pk), limits.MAIL_ACCOUNT.capacity - 2)
    answers = [hana.ask("POST", path, MIA) for path in (PATH, PATH.replace("BCDFG", "ZZZZZ"), PATH)]
    assert [one.status_code for one in answers] == [201, 201, 429]
    assert answers[-1].json()["code"] == "too_many_mails"
    assert (len(mail.outbox), Invitation.objects.count()) == (2, 2)
    # A link costs nothing, and another account has a day of its own; but the server's is everybody's.
    assert hana.ask("POST", PATH, {"role": "moderator"}).status_code == 201
    other = Browser(headers={"host": "localhost"})
    other.force_login(elsewhere.hana.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    path = PATH.replace("BCDFG", "ZZZZZ")
    assert other.ask("POST", path, MIA).status_code == 201
    limits.spend(limits.MAIL_SERVER, "", limits.MAIL_SERVER.capacity - 3)
    assert other.ask("POST", path, MIA).json()["code"] == "too_many_mails"


def test_so_many_are_open_at_one_event(hana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.crew.actions.inviting.OPEN_INVITATIONS", 2)
    made = [hana.ask("POST", PATH, {"role": "moderator"}).json() for _one in range(3)]
    assert (made[-1]["code"], made[-1]["message"]) == (
        "too_many",
        "2 invitations are open. Withdraw some of them first.",
    )
    assert hana.ask("DELETE", f"{PATH}{made[0]['invitation']['id']}/").status_code == 204
    assert hana.ask("POST", PATH, {"role": "moderator"}).status_code == 201
