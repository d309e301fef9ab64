"""Many at once, on real connections: one host stays, one accepts, and nobody who was taken off does anything after."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from apps.crew import actions as crew
from apps.crew.models import Invitation
from apps.events import actions
from apps.events.models import Crew
from apps.events.queries import segments_of
from apps.tips import actions as tips
from apps.tips.models import Decision, Tip
from apps.tips.moderation import Verb
from tests.events.conftest import Social, founding
from tests.events.meeting import at_once, meeting

__all__ = ["founding"]

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def party(party: Social, settings: Any) -> Social:
    settings.CAN_MAIL = True
    party.press("start")
    return party


def revoked_at(member: Crew) -> datetime | None:
    return Crew.objects.get(pk=member.pk).revoked_at


def test_two_hosts_take_each_other_off(party: Social) -> None:
    hal = actions.add_crew(party.event, "Hal", "host")
    for _round in range(ROUNDS):
        hana = party.event.crew.get(name="Hana", revoked_at=None)
        hal = party.event.crew.get(name="Hal", revoked_at=None)
        answers = at_once(
            lambda hana=hana, hal=hal: actions.take_off(party.event, hal.public_id, by=hana),
            lambda hana=hana, hal=hal: actions.take_off(party.event, hana.public_id, by=hal),
        )
        assert sorted(answers, key=str) == [None, "not_allowed"]
        assert party.event.crew.filter(role="host", revoked_at=None).count() == 1
        for name in ("Hana", "Hal"):
            actions.add_crew(party.event, name, "host")


def test_two_hosts_leave(party: Social) -> None:
    hal = actions.add_crew(party.event, "Hal", "host")
    answers = at_once(
        lambda: actions.leave_crew(party.event, party.hana),
        lambda: actions.change_role(party.event, hal.public_id, "moderator", by=hal),
    )
    assert "last_host" in answers
    assert party.event.crew.filter(role="host", revoked_at=None).count() == 1


def test_one_of_two_accepts(party: Social) -> None:
    for turn in range(ROUNDS):
        token = f"{turn}" * 64
        crew.invite(party.event, role="moderator", token=token, by=party.hana)
        answers = at_once(
            *[lambda name=name, token=token: crew.accept(token, account=None, name=name) for name in ("Mia", "Max")]
        )
        (won,) = [one for one in answers if isinstance(one, Crew)]
        assert sorted(map(str, answers)) == sorted([won.name, "invitation_used"])
        assert Invitation.objects.get(made_by=party.hana, used_by=won).used_at
    assert party.event.crew.count() == 2 + ROUNDS
    # Nobody's account is left over whose invitation somebody else had.
    assert get_user_model().objects.count() == 2 + ROUNDS


def test_accepting_against_withdrawing(party: Social) -> None:
    for turn in range(ROUNDS):
        token = f"{turn}" * 64
        invitation = crew.invite(party.event, role="moderator", token=token, by=party.hana)
        accepted, withdrawn = at_once(
            lambda token=token: crew.accept(token, account=None, name="Mia"),
            lambda one=invitation: crew.withdraw(party.event, one.public_id, by=party.hana),
        )
        if withdrawn is None:
            assert accepted == "invitation_withdrawn"
        else:
            assert (withdrawn, accepted.role) == ("invitation_used", "moderator")


def test_one_mailbox_is_one_account_s(party: Social) -> None:
    """Of two who take it the second is told so; who accepts an invitation comes in all the same."""
    accounts = [party.hana.user, party.mo.user]
    tokens = [
        crew.ask_for_mailbox(one, mail=mail)
        for one, mail in zip(accounts, ("a@example.org", "A@example.org"), strict=True)
    ]
    answers = meeting(*[lambda one=one: crew.take_mailbox(*one) for one in zip(accounts, tokens, strict=True)])
    assert answers == ["a@example.org", "mail_taken"]
    with pytest.raises(IntegrityError):
        get_user_model().objects.create_user("mallory", email="A@Example.org")


@pytest.mark.parametrize("is_first", [True, False], ids=["taken first", "taken second"])
def test_a_mailbox_is_taken_by_who_has_it_and_by_who_was_invited_there(party: Social, is_first: bool) -> None:
    crew.invite(party.event, role="host", token="1" * 64, by=party.hana, mail="a@example.org")
    token = crew.ask_for_mailbox(party.mo.user, mail="A@example.org")
    acts = [
        lambda: crew.take_mailbox(party.mo.user, token),
        lambda: crew.accept("1" * 64, account=None, name="Mia").user.email,
    ]
    told = meeting(*(acts if is_first else reversed(acts)))
    assert told == (["A@example.org", ""] if is_first else ["a@example.org", "mail_taken"])
    assert get_user_model().objects.filter(email__iexact="a@example.org").count() == 1


def test_taken_off_against_approving(party: Social) -> None:
    segment = segments_of(party.event)[3].public_id
    party.press("enter", segment=segment)
    for _round in range(ROUNDS):
        mo = actions.add_crew(party.event, "Mo", "moderator")
        tip = tips.write(party.event, segment, party.ada, text="Be kind").public_id
        _taken_off, approved = at_once(
            lambda mo=mo: actions.take_off(party.event, mo.public_id, by=party.hana),
            lambda mo=mo, tip=tip: tips.decide(party.event, segment, tip, verb=Verb.APPROVE, by=mo).state,
        )
        state = Tip.objects.get(public_id=tip).state
        assert (approved, state) in [("approved", "approved"), ("not_allowed", "pending")]
        decided = Decision.objects.filter(tip_public_id=tip).first()
        assert decided is None or decided.at <= revoked_at(mo)
        # From then on, always.
        later = tips.write(party.event, segment, party.ada, text="Be kind").public_id
        (approved,) = at_once(lambda mo=mo, tip=later: tips.decide(party.event, segment, tip, verb=Verb.APPROVE, by=mo))
        assert approved == "not_allowed"
