"""What each audience is told: the public the shown tips alone, the crew everything, an author their own."""

from typing import Any, TypeAlias

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.clock import iso

from . import moderation
from .models import Claim, Decision, Theme, Tip, Wall
from .moderation import State

Document: TypeAlias = dict[str, Any]


def wall(wall: Wall, count: int) -> Document:
    """`count` is of approved tips; how many wait is the crew's to know."""
    options = wall.segment.options
    return {
        "segment": wall.segment.public_id,
        "revealed": wall.revealed,
        "moderated": wall.moderated,
        "signing": options.get("signing", "optional"),
        "themes_on_stage": wall.themes_on_stage,
        "count": count,
    }


def theme(theme: Theme) -> Document:
    return {"id": theme.public_id, "name": theme.name, "colour": theme.colour, "position": theme.position}


def crew_theme(theme_: Theme) -> Document:
    return {**theme(theme_), "needs_name": theme_.needs_name}


def shown(tip: Tip) -> Document | None:
    """The public tip; None for what is not on a wall that everybody sees."""
    if tip.state not in moderation.SHOWN or not tip.wall.revealed:
        return None
    return {
        "id": tip.public_id,
        "segment": tip.wall.segment.public_id,
        "text": tip.text,
        "by": tip.author_name if tip.signed else None,
        "theme": tip.theme.public_id if tip.theme else None,
        "pinned": tip.pinned,
        "approved_at": iso(tip.approved_at),
    }


def own(tip: Tip, language: str) -> Document | None:
    """An author's own tip in any state, with what they are told about it in the event's language."""
    if tip.state == State.WITHDRAWN:
        return None
    with translation.override(language):
        message = said_to_author(tip)
    return {
        "id": tip.public_id,
        "segment": tip.wall.segment.public_id,
        "text": tip.text,
        "original": tip.original or None,
        "signed": tip.signed,
        "state": tip.state,
        "reason": tip.reason or None,
        "message": message,
        "written_at": iso(tip.written_at),
    }


def said_to_author(tip: Tip) -> str:
    if tip.state == State.DECLINED:
        return tip.words or _(moderation.REASONS[tip.reason].sentence)
    if tip.state == State.TAKEN_DOWN:
        return _(moderation.TAKEN_DOWN)
    return _(moderation.EDITED) if tip.original else ""


def card(tip: Tip, claim: Claim | None, decision: Decision | None) -> Document | None:
    """The crew's card; an anonymous author is named only where the event says so."""
    if tip.state == State.WITHDRAWN:
        return None
    named = tip.signed or tip.wall.segment.options.get("authors_for_crew", False)
    return {
        "id": tip.public_id,
        "segment": tip.wall.segment.public_id,
        "text": tip.text,
        "original": tip.original or None,
        "signed": tip.signed,
        "author": {"id": tip.author.public_id, "name": tip.author_name} if named else None,
        "flags": tip.flags,
        "state": tip.state,
        "reason": tip.reason or None,
        "words": tip.words,
        "theme": tip.theme.public_id if tip.theme else None,
        "pinned": tip.pinned,
        "written_at": iso(tip.written_at),
        "approved_at": iso(tip.approved_at),
        "claim": {"by": claim.by.public_id, "name": claim.by.name, "until": iso(claim.until)} if claim else None,
        "decision": last_decision(decision) if decision else None,
    }


def last_decision(decision: Decision) -> Document:
    can_be_undone = decision.verb in moderation.UNDOABLE and decision.by is not None and decision.undone_at is None
    return {
        "verb": decision.verb,
        "by": decision.by.public_id if decision.by else None,
        "name": decision.by.name if decision.by else "",
        "at": iso(decision.at),
        "undo_until": iso(decision.at + moderation.UNDO) if can_be_undone else None,
        "undone_at": iso(decision.undone_at),
    }


def log_line(decision: Decision) -> Document:
    return {
        "tip": decision.tip_public_id,
        "text": decision.tip.text if decision.tip else None,
        "verb": decision.verb,
        "by": decision.by.name if decision.by else None,
        "at": iso(decision.at),
        "before": decision.before,
        "after": decision.after,
        "reason": decision.reason,
        "undone_at": iso(decision.undone_at),
    }
