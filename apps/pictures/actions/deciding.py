"""What the crew does about a picture: show it, send it back, take it down at once, put it back, undo."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import REASON_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.refusals import beside, in_their_language
from apps.core.text import clean_block
from apps.events.actions.crewing import acted
from apps.events.actions.rights import hold
from apps.events.models import Crew, Event
from apps.events.queries import not_here

from .. import queries, rules
from ..models import Picture
from ..rules import State, Verb
from .sending import tell

PAST = {
    Verb.APPROVE: "picture.approved",
    Verb.DECLINE: "picture.declined",
    Verb.TAKE_DOWN: "picture.taken_down",
    Verb.PUT_BACK: "picture.put_back",
    Verb.RECONSIDER: "picture.reconsidered",
}


@transaction.atomic
def decide(event: Event, picture_id: str, *, verb: Verb, by: Crew, reason: str = "", words: str = "") -> Picture:
    """Approve, decline for a `reason` with own `words` or its sentence, take down, put back. Twice is once.

    Refuses `reason_missing` and `too_long` (400), `not_allowed` (403), `not_here` (404), `somebody_faster`, `removed`.
    """
    if verb == Verb.DECLINE:
        words = checked_reason(reason, words)
    hold(event, by, "moderate_pictures")
    picture = queries.find(event, picture_id)
    before = State(picture.state)
    with in_their_language():
        after = rules.transition(before, verb)
    if before == after:
        return picture
    refuse_removed(picture, after)
    moment = clock.now()
    picture.state = after
    if verb == Verb.APPROVE:
        picture.approved_at = moment
    picture.reason, picture.words = (reason, words) if verb == Verb.DECLINE else ("", "")
    picture.verb, picture.decided_by, picture.decided_at = verb, by, moment
    picture.before, picture.undone_at = before, None
    picture.save()
    acted(event, by, "decide_picture", verb=verb, picture=picture.public_id)
    tell(PAST[verb], event, [picture])
    return picture


@transaction.atomic
def undo(event: Event, picture_id: str, *, by: Crew) -> Picture:
    """Take one's own last decision back within ten seconds. Twice is once.

    Refuses `not_allowed` (403), `not_here` (404), `somebody_faster`, `too_late_to_undo` and `removed` (409).
    """
    hold(event, by, "moderate_pictures")
    picture = queries.find(event, picture_id)
    if not picture.verb or picture.decided_at is None:
        raise not_here()
    by_id = picture.decided_by.public_id if picture.decided_by else ""
    last = rules.Decision(Verb(picture.verb), by_id, picture.decided_at, State(picture.before))
    with in_their_language():
        state = rules.undone(last, State(picture.state), by.public_id, clock.now())
    if picture.undone_at or state == picture.state:
        return picture
    refuse_removed(picture, state)
    picture.state, picture.reason, picture.words, picture.undone_at = state, "", "", clock.now()
    picture.save()
    acted(event, by, "undo_picture", picture=picture.public_id)
    tell("decision.undone", event, [picture])
    return picture


def refuse_removed(picture: Picture, state: State) -> None:
    """Nothing of somebody who was removed is shown again: `removed` (409)."""
    if state == State.APPROVED and picture.author and picture.author.removed_at:
        raise Refusal("removed", _("Whoever sent it has been removed from this event."))


def checked_reason(reason: str, words: str) -> str:
    """A moderator's own words, cleaned, or "" for the sentence of the reason."""
    words = clean_block(words, REASON_GRAPHEMES) if words.strip() else ""
    with beside("reason"), in_their_language():
        rules.sentence_for(reason, words)
    return words
