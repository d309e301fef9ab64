"""Taking decisions back within ten seconds: one of them, or all that one press decided."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from apps.core import clock
from apps.core.refusal import Refusal
from apps.core.refusals import in_their_language
from apps.events.actions.crewing import acted
from apps.events.models import Crew, Event
from apps.events.queries import not_here

from .. import moderation, queries
from ..models import Decision, Tip, Wall
from ..moderation import State, Verb
from .naming import give_back
from .telling import changed, tell
from .writing import locked_for, refuse_removed


@transaction.atomic
def undo(event: Event, segment: str, tip_id: str, *, by: Crew) -> Tip:
    """Take one's own last decision back within ten seconds. Twice is once.

    Refuses `not_allowed` (403), `not_here` (404), `somebody_faster`, `too_late_to_undo` and `removed` (409).
    """
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id)
    if last := taken_back(tip, queries.last_decisions([tip]).get(tip.pk), by, clock.now()):
        acted(event, by, "undo_tip", tip=tip.public_id)
        tell_undone(wall, {tip: last})
    return tip


@transaction.atomic
def undo_all(event: Event, segment: str, tip_ids: Sequence[str], *, by: Crew) -> tuple[list[Tip], dict[str, str]]:
    """Those of the tips whose last decision is taken back; the others with the code of why not.

    What was taken back before is in neither: twice is once.
    """
    wall = locked_for(event, segment, by)
    found = list(queries.find_tips(wall, tip_ids))
    decisions, now = queries.last_decisions(found), clock.now()
    undone: dict[Tip, Decision] = {}
    left = dict.fromkeys(tip_ids, "not_here")
    for tip in found:
        del left[tip.public_id]
        try:
            last = taken_back(tip, decisions.get(tip.pk), by, now)
        except Refusal as no:
            left[tip.public_id] = no.code
            continue
        if last:
            undone[tip] = last
    if undone:
        acted(event, by, "undo_tips", tips=[tip.public_id for tip in undone])
        tell_undone(wall, undone)
    return list(undone), left


def taken_back(tip: Tip, last: Decision | None, by: Crew, now: datetime) -> Decision | None:
    """The tip's last decision, if it was taken back just now; None if that was so before."""
    if last is None:
        raise not_here()
    by_id = last.by.public_id if last.by else ""
    told = moderation.Decision(
        tip.public_id, Verb(last.verb), by_id, last.at, State(last.before), State(last.after), last.reason
    )
    with in_their_language():
        state = moderation.undone(told, State(tip.state), by.public_id, now)
    if last.undone_at or state == tip.state:
        return None
    refuse_removed(tip, state)
    tip.state = state
    if state == State.PENDING:
        tip.reason, tip.words, tip.theme, tip.pinned = "", "", None, False
    tip.save()
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    return last


def tell_undone(wall: Wall, undone: dict[Tip, Decision]) -> None:
    parts = list(changed(wall, *undone))
    for last in undone.values():
        if last.names:
            parts += ["themes"] if give_back(wall, last.names) else []
            last.names = {}
            last.save(update_fields=["names"])
    tell("decision.undone", wall, undone, parts=parts)
