"""A mail that was lost with its process goes out by itself: once, whoever else tries, and to nobody it should not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from apps.core import errands
from apps.core.models import Errand
from apps.crew import mailing
from apps.crew.actions import about_to_send, resending, send_lost
from apps.crew.actions.resending import token_of
from apps.crew.models import Invitation
from apps.crew.rules import LOST, LOST_MAILS, TRIED
from apps.events import actions
from apps.events.models import Crew, Event
from tests.events.conftest import Browser, Clock, Social
from tests.events.meeting import at_once

from .test_mails import MIA, PATH, hana

__all__ = ["hana"]
KEY = "the-key-of-one-press"
SITE = "https://social.example.org"
pytestmark = pytest.mark.usefixtures("transactional_db")


def killed(*_mail: Any) -> None:
    raise KeyboardInterrupt


def invite_and_be_killed(hana: Browser, at: str) -> None:
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(at, killed)
        with pytest.raises(KeyboardInterrupt):
            hana.ask("POST", PATH, MIA, key=KEY)


@pytest.fixture
def lost(hana: Browser, moment: Clock, settings: Any) -> Browser:
    """Hana, whose mail to Mia never went; and nobody can be at it any more."""
    invite_and_be_killed(hana, "apps.crew.mailing.send_invitation")
    settings.ORIGINS = [SITE]
    moment.advance(seconds=LOST.total_seconds())
    return hana


@pytest.mark.parametrize("at", ["apps.crew.mailing.send_invitation", "apps.crew.actions.about_to_send"])
def test_it_goes_out_once_when_nobody_can_be_at_it_any_more(
    hana: Browser, moment: Clock, settings: Any, at: str
) -> None:
    invite_and_be_killed(hana, at)
    settings.ORIGINS = [SITE]
    assert not mail.outbox
    Event.objects.update(language="de")
    assert LOST_MAILS in errands.run_due()
    moment.advance(seconds=LOST.total_seconds() - 1)
    assert (errands.run_due(), mail.outbox) == ([], [])
    moment.advance(seconds=1)
    assert errands.run_due() == [LOST_MAILS]
    (sent,) = mail.outbox
    assert (sent.to, sent.body.split(" ")[0]) == (["mia@example.org"], "Hana")
    assert "Dieser Link" in sent.body
    assert hana.ask("POST", "invitation/", {"token": re.search(rf"{SITE}/invitation/#(\w+)", sent.body)[1]}).json()
    (stands,) = hana.ask("GET", PATH).json()["invitations"]
    assert stands["sent_at"]
    # And nothing is left to be done, nor does the press that is sent again send one.
    moment.advance(seconds=LOST.total_seconds())
    errands.run_due()
    assert Errand.objects.get(name=LOST_MAILS).due_at is None
    assert hana.ask("POST", PATH, MIA, key=KEY).json()["invitation"]["sent_at"] == stands["sent_at"]
    assert len(mail.outbox) == 1


def test_processes_and_a_press_at_once_send_one(lost: Browser) -> None:
    def press() -> int:
        return lost.ask("POST", PATH, MIA, key=KEY).status_code

    *_errands, status = at_once(send_lost, send_lost, send_lost, press)
    assert status in (201, 503)
    assert len(mail.outbox) == 1
    assert Invitation.objects.get().sent_at


def test_another_process_that_is_at_it_is_left_to_it(
    lost: Browser, moment: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has looked at the same invitation, and was faster."""

    def faster(invitation: Invitation) -> str:
        token = token_of(invitation)
        assert about_to_send(token)
        return token

    monkeypatch.setattr(resending, "token_of", faster)
    assert send_lost() == moment() + LOST
    assert not mail.outbox


def test_a_mail_server_that_is_away_is_asked_again_for_an_hour(
    lost: Browser, moment: Clock, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.crew.test_mails.Away"
    assert send_lost() == moment() + LOST
    assert send_lost() == moment() + LOST
    # Nobody's address is in the log, and it was tried once.
    assert [one.message for one in caplog.records] == [
        "the mail of an invitation could not be sent again (mail_not_sent)"
    ]
    moment.advance(seconds=LOST.total_seconds())
    settings.EMAIL_BACKEND = works
    assert send_lost() is None
    assert len(mail.outbox) == 1
    Invitation.objects.update(sent_at=None)
    moment.advance(seconds=TRIED.total_seconds())
    assert send_lost() is None
    assert len(mail.outbox) == 1
    (stands,) = lost.ask("GET", PATH).json()["invitations"]
    assert stands["sent_at"] is None


def withdrawn(hana: Browser) -> None:
    hana.ask("DELETE", f"{PATH}{Invitation.objects.get().public_id}/")


def accepted(hana: Browser) -> None:
    Invitation.objects.update(used_at=Invitation.objects.get().made_at)


def no_host_any_more(hana: Browser) -> None:
    Crew.objects.filter(name="Hana").update(role="moderator")


@pytest.mark.parametrize("gone", [withdrawn, accepted, no_host_any_more])
def test_what_is_worth_nothing_is_not_sent(lost: Browser, gone: Callable[[Browser], None]) -> None:
    gone(lost)
    assert send_lost() is None
    assert not mail.outbox


@pytest.mark.parametrize("missing", [{"ORIGINS": []}, {"CAN_MAIL": False}], ids=["address", "mail server"])
def test_without_a_mail_server_and_an_address_of_the_site_none_is_sent(
    lost: Browser, settings: Any, missing: dict[str, Any]
) -> None:
    for name, value in missing.items():
        setattr(settings, name, value)
    assert send_lost() is None
    assert Invitation.objects.get().sent_at is None
    assert not mail.outbox


def test_a_link_to_hand_over_is_no_mail(social: Social, hana: Browser, moment: Clock, settings: Any) -> None:
    assert hana.ask("POST", PATH, {"role": "moderator"}).status_code == 201
    assert not Errand.objects.filter(name=LOST_MAILS).exists()
    settings.ORIGINS = [SITE]
    moment.advance(seconds=LOST.total_seconds())
    assert send_lost() is None
    assert not mail.outbox


def test_whoever_asked_to_be_forgotten_takes_no_invitation_along(lost: Browser, social: Social) -> None:
    """The stored answers say nothing any more; the keys, by which the link is found, are still there."""
    actions.forget(social.event, social.ada)
    send_lost()
    assert len(mail.outbox) == 1


def test_a_mail_that_was_sent_and_not_noted_is_the_same_mail_again(hana: Browser, moment: Clock, settings: Any) -> None:
    """Whoever is killed in between cannot know. A mailbox can: it has one of this name already."""
    invite_and_be_killed(hana, "apps.crew.actions.sent")
    settings.ORIGINS = [SITE]
    moment.advance(seconds=LOST.total_seconds())
    send_lost()
    first, second = (one.message() for one in mail.outbox)
    assert first["Message-ID"] == second["Message-ID"]
    assert re.fullmatch(r"<\w{12}@[\w.-]+>", first["Message-ID"])
    assert mailing.path_of("") in second.get_payload()


def test_its_name_is_one_also_where_mails_come_from_an_address_in_other_letters(hana: Browser, settings: Any) -> None:
    """A mail server takes no mail's name that is written as words of a title are."""
    settings.DEFAULT_FROM_EMAIL = "Größe <hub@münchen.example>"
    assert hana.ask("POST", PATH, MIA).status_code == 201
    (sent,) = mail.outbox
    assert re.fullmatch(r"<\w{12}@xn--mnchen-3ya\.example>", sent.message()["Message-ID"], re.ASCII)
