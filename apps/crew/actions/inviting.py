"""Asking somebody onto the crew, taking that back, and saying yes."""

import secrets
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.core import clock, errands
from apps.core.limits import NAME_GRAPHEMES, OPEN_INVITATIONS
from apps.core.refusal import Refusal
from apps.core.refusals import busy
from apps.core.text import clean_line
from apps.events.actions import take_in
from apps.events.actions.crewing import acted
from apps.events.actions.rights import hold
from apps.events.models import Crew, Event

from .. import queries
from ..models import Invitation
from ..rules import HANDING_OVER, LOST_MAILS

# Two of one name in ten thousand draws of a number: the next one is free.
TRIES = 20


def token_for(owner: str, key: str) -> str:
    """The token of the invitation that this request makes: 256 bits which nobody can work out without SECRET_KEY.

    From the request's own idempotency key, so that a repeated request is told the same link and nothing of it is kept.
    """
    return salted_hmac("crew.invitation", f"{owner} {key}", algorithm="sha256").hexdigest()


@transaction.atomic
def invite(event: Event, *, role: str, token: str, by: Crew, mail: str = "") -> Invitation:
    """Ask somebody onto the crew by a link with this token.

    Refuses `bad_mail` (400), `not_allowed` (403), `no_mail` (409): this server sends none, and `too_many` (409).
    """
    mail = checked_mail(mail) if mail.strip() else ""
    hold(event, by, "run_crew")
    if queries.open_invitations(event).count() >= OPEN_INVITATIONS:
        sentence = _("%(most)d invitations are open. Withdraw some of them first.")
        raise Refusal("too_many", sentence % {"most": OPEN_INVITATIONS})
    made = Invitation.objects.create(
        event=event, role=role, mail=mail, token_hash=queries.hash_of(token), made_by=by, made_at=clock.now()
    )
    acted(event, by, "invite_crew", role=role, by_mail=bool(mail))
    if mail:
        errands.ask(LOST_MAILS)
    return made


@transaction.atomic
def withdraw(event: Event, invitation_id: str, *, by: Crew) -> None:
    """The link is worth nothing from now on. Twice is once.

    Refuses `not_allowed` (403), `not_here` (404) and `invitation_used` (409): then somebody is crew.
    """
    hold(event, by, "run_crew")
    invitation = queries.invitation_of(event, invitation_id)
    if invitation.revoked_at:
        return
    if not still_open(invitation).update(revoked_at=clock.now()):
        raise Refusal("invitation_used", _("This invitation was accepted already. It works once."))
    acted(event, by, "withdraw_invitation", role=invitation.role)


@transaction.atomic
def about_to_send(token: str) -> Invitation | None:
    """The invitation whose mail has still to go, handed over by who asks; None if it has gone or would be in vain.

    Refuses `busy` (503) while somebody else hands it over. Whoever is killed on the way has perhaps sent it: then it
    comes once more, with the same link.
    """
    moment = clock.now()
    found = Invitation.objects.select_related("event", "made_by").filter(token_hash=queries.hash_of(token)).first()
    if found is None or found.sent_at or found.used_at or found.revoked_at:
        return None
    nobody_does = Q(sending_at=None) | Q(sending_at__lte=moment - HANDING_OVER)
    if not still_open(found).filter(nobody_does, sent_at=None).update(sending_at=moment):
        raise busy()
    found.sending_at = moment
    return found


def sent(invitation: Invitation) -> None:
    """A mail server has taken it."""
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=clock.now())


@transaction.atomic
def not_sent(invitation: Invitation) -> bool:
    """It never left, so it is as if it had not been made; that somebody tried stays written down, and that it ended.

    Unless somebody has said yes in the meantime, for then it did get there, or somebody else hands it over by now, to
    whom this one was too slow: then nothing happens, and the answer is no.
    """
    hold(invitation.event)
    still_ours = still_open(invitation).filter(sent_at=None, sending_at=invitation.sending_at)
    is_gone = still_ours.delete()[0] > 0
    if is_gone and invitation.made_by:
        acted(invitation.event, invitation.made_by, "withdraw_invitation", role=invitation.role)
    return is_gone


@transaction.atomic
def accept(token: str, *, account: User | None, name: str = "") -> Crew:
    """Be crew from now on, with the account one is signed in with, else with a new one.

    A link is no way into an account that is there: it may have been passed on. Of two who accept at once one wins.
    Refuses what `queries.invitation_by` does, `empty`, `too_long` (400) and `already_crew` (409).
    """
    invitation = queries.invitation_by(token)
    event = invitation.event
    hold(event)
    # Only now the event is held: somebody may have said yes, or a host have withdrawn it, while we waited.
    invitation.refresh_from_db()
    queries.refuse_closed(invitation)
    still_open(invitation).update(used_at=clock.now())
    member = take_in(event, *((account, queries.name_of(account)) if account else new_account(name)), invitation.role)
    if invitation.mail and account is None:
        # Of a new account alone: into one that is there, the mailbox of whoever sent the link must be no way.
        with suppress(Refusal):
            give_mailbox(member.user, invitation.mail)
    Invitation.objects.filter(pk=invitation.pk).update(used_by=member)
    acted(event, member, "join_crew", role=member.role)
    return member


def still_open(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)


def new_account(typed: str) -> tuple[User, str]:
    """Its sign-in name has a number: the command line finds accounts by a name, and must take none for another's."""
    name = clean_line(typed, NAME_GRAPHEMES)
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return get_user_model().objects.create_user(
                    username=f"{name[:140]}-{1000 + secrets.randbelow(9000)}"
                ), name
        except IntegrityError:
            continue
    raise busy()


def give_mailbox(account: User, mail: str) -> None:
    """Refuses `mail_taken` (409): of two who take one at once, the database says who was first."""
    sentence = _("This mail address belongs to another account already.")
    try:
        with transaction.atomic():
            User.objects.filter(pk=account.pk).update(email=mail)
    except IntegrityError as error:
        raise Refusal("mail_taken", sentence) from error
    account.email = mail


def checked_mail(typed: str) -> str:
    mail = typed.strip()
    if not settings.CAN_MAIL:
        raise Refusal("no_mail", _("This server sends no mail. Give them a link instead."))
    try:
        validate_email(mail)
    except ValidationError as error:
        sentence = _("This is no mail address.")
        raise Refusal("bad_mail", sentence, status=400, fields={"mail": [sentence]}) from error
    return mail
