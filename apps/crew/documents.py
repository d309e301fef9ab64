"""The shapes that the crew's routes answer with."""

from typing import Any, TypeAlias

from apps.core.clock import iso

from .models import Invitation
from .rules import VALID

Document: TypeAlias = dict[str, Any]


def invitation(invitation: Invitation) -> Document:
    """For hosts; the link is said once, to who has just made it."""
    return {
        "id": invitation.public_id,
        "role": invitation.role,
        "mail": invitation.mail or None,
        "sent_at": iso(invitation.sent_at),
        "by": invitation.made_by.name if invitation.made_by else "",
        "made_at": iso(invitation.made_at),
        "expires_at": iso(invitation.made_at + VALID),
    }


def asked(invitation: Invitation) -> Document:
    """For who holds the link: who asks them onto which crew."""
    return {
        "event": {"code": invitation.event.code, "title": invitation.event.title},
        "role": invitation.role,
        "by": invitation.made_by.name if invitation.made_by else "",
    }
