"""What each audience is told of a picture: the public the approved ones alone, the crew all, a sender their own."""

from typing import Any, TypeAlias

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.clock import iso

from . import rules
from .models import Picture
from .rules import State

Document: TypeAlias = dict[str, Any]


def shown(picture: Picture) -> Document | None:
    """The public one; None for what is not approved."""
    if picture.state != State.APPROVED:
        return None
    return {
        "id": picture.public_id,
        "by": picture.author_name if picture.signed else None,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "approved_at": iso(picture.approved_at),
    }


def own(picture: Picture, language: str) -> Document | None:
    """A sender's own in any state, with what they are told about it in the event's language."""
    if picture.state == State.DELETED:
        return None
    with translation.override(language):
        message = said_to_sender(picture)
    return {
        "id": picture.public_id,
        "state": picture.state,
        "reason": picture.reason or None,
        "message": message,
        "caption": picture.caption,
        "width": picture.width,
        "height": picture.height,
        "sent_at": iso(picture.sent_at),
    }


def said_to_sender(picture: Picture) -> str:
    if picture.state == State.DECLINED:
        return picture.words or _(rules.REASONS[picture.reason])
    return _(rules.TAKEN_DOWN) if picture.state == State.TAKEN_DOWN else ""


def card(picture: Picture) -> Document | None:
    """The crew's card. Who sent it is always told to them: a picture shows people who may have to be asked."""
    if picture.state == State.DELETED:
        return None
    return {
        "id": picture.public_id,
        "by": picture.author_name,
        "signed": picture.signed,
        "caption": picture.caption,
        "width": picture.width,
        "height": picture.height,
        "state": picture.state,
        "reason": picture.reason or None,
        "words": picture.words,
        "sent_at": iso(picture.sent_at),
        "approved_at": iso(picture.approved_at),
        "decision": last_decision(picture),
    }


def last_decision(picture: Picture) -> Document | None:
    if not picture.verb or picture.decided_at is None:
        return None
    by = picture.decided_by
    can_be_undone = picture.verb in rules.UNDOABLE and by is not None and picture.undone_at is None
    return {
        "verb": picture.verb,
        "by": by.public_id if by else None,
        "name": by.name if by else "",
        "at": iso(picture.decided_at),
        "undo_until": iso(picture.decided_at + rules.UNDO) if can_be_undone else None,
        "undone_at": iso(picture.undone_at),
    }
