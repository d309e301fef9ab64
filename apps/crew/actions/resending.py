"""Mails of invitations that were lost with the process that was to hand them over."""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from apps.core import clock, idempotency
from apps.core.language import ours
from apps.core.refusal import Refusal

from .. import mailing, queries
from ..models import Invitation
from ..rules import LOST, TRIED
from .inviting import about_to_send, sent, token_for

log = logging.getLogger(__name__)


def send_lost() -> datetime | None:
    """The errand, asked for with every mail: hand over what nobody does; due again while one has still to go.

    Whoever is killed once a mail server has it, and before that is noted, has it sent again: the same mail, with the
    same link. Without ORIGINS no link is known outside of a request, and mails go to the terminal.
    """
    moment = clock.now()
    if not (settings.CAN_MAIL and settings.ORIGINS):
        return None
    begun_by_nobody = Q(sending_at=None, made_at__lte=moment - LOST)
    for invitation in queries.unsent(moment - TRIED).filter(begun_by_nobody | Q(sending_at__lte=moment - LOST)):
        hand_over(invitation)
    return moment + LOST if queries.unsent(moment - TRIED).exists() else None


def hand_over(invitation: Invitation) -> None:
    """Once, whoever else tries; one that no mail server takes is still there the next time."""
    token = token_of(invitation)
    try:
        claimed = about_to_send(token) if token else None
        if claimed:
            # Whoever asked is not here to be spoken like.
            with translation.override(ours(claimed.event.language) or settings.LANGUAGE_CODE):
                mailing.send_invitation(claimed, str(settings.ORIGINS[0]) + mailing.path_of(token))
            sent(claimed)
    except Refusal as refusal:
        log.warning("the mail of an invitation could not be sent again (%s)", refusal.code)


def token_of(invitation: Invitation) -> str:
    """Nothing of it is kept, but the key of the request that it was made from; "" once that is forgotten."""
    assert invitation.made_by, "a host made it"
    owner = idempotency.account(invitation.event.code, invitation.made_by.user_id)
    tokens = (token_for(owner, key) for key in idempotency.keys_of(owner))
    return next((token for token in tokens if queries.hash_of(token) == invitation.token_hash), "")
