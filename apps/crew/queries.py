"""Looking invitations up; nothing here writes."""

import hashlib
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.clock import iso
from apps.core.refusal import Refusal
from apps.events.models import Crew, Event
from apps.events.queries import not_here

from .models import Invitation
from .rules import VALID, Standing, standing


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitations(event: Event) -> QuerySet[Invitation]:
    """Those that can still be accepted, the newest first."""
    return still_open().filter(event=event).select_related("made_by").order_by("-made_at", "-pk")


def still_open() -> QuerySet[Invitation]:
    still = Invitation.objects.filter(used_at=None, revoked_at=None, made_at__gt=clock.now() - VALID)
    return still.filter(made_by__role=Crew.Role.HOST, made_by__revoked_at=None)


def unsent(since: datetime) -> QuerySet[Invitation]:
    """Those of them that were made since then, and whose mail no mail server has taken yet."""
    return still_open().filter(sent_at=None, made_at__gt=since).exclude(mail="").select_related("event", "made_by")


def invitation_of(event: Event, invitation_id: str) -> Invitation:
    """Refuses `not_here` (404)."""
    found = event.invitations.filter(public_id=invitation_id).first()
    if found is None:
        raise not_here()
    return found


def sent_at(token: str) -> str | None:
    """When the mail of an invitation went out, as documents say it."""
    return iso(Invitation.objects.filter(token_hash=hash_of(token)).values_list("sent_at", flat=True).first())


def invitation_by(token: str) -> Invitation:
    """The invitation of a link that can still be accepted.

    Refuses `no_invitation` (404), `invitation_used`, `invitation_withdrawn` and `invitation_expired` (409).
    """
    found = Invitation.objects.select_related("event", "made_by").filter(token_hash=hash_of(token)).first()
    if found is None:
        sentence = _("There is no such invitation. Perhaps the link was cut off on its way to you.")
        raise Refusal("no_invitation", sentence, status=404)
    refuse_closed(found)
    return found


def refuse_closed(invitation: Invitation) -> None:
    """With a host's rights go the invitations they made: none is a way back."""
    match standing(invitation.made_at, invitation.used_at, invitation.revoked_at, clock.now()):
        case Standing.USED:
            raise Refusal("invitation_used", _("This invitation was accepted already. It works once."))
        case Standing.WITHDRAWN:
            raise Refusal("invitation_withdrawn", _("This invitation was withdrawn."))
        case Standing.EXPIRED:
            raise Refusal("invitation_expired", _("This invitation is too old. Ask for a new one."))
    maker = invitation.made_by
    if maker is None or maker.revoked_at or maker.role != Crew.Role.HOST:
        raise Refusal("invitation_withdrawn", _("This invitation was withdrawn."))


def name_of(account: User) -> str:
    """As they are called where they are crew already; accounts made at the command line are called by their name."""
    last = Crew.objects.filter(user=account).order_by("-pk").first()
    return last.name if last else account.get_username()


def account_of_mail(mail: str) -> User | None:
    """The account that reads what is sent to this address."""
    found = User.objects.filter(email__iexact=mail, is_active=True) if mail else User.objects.none()
    return found.order_by("pk").first()
