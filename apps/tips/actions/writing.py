"""What authors do: write, edit and withdraw until the crew decided, and vote."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import TIP_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.refusals import in_their_language
from apps.core.text import clean_block
from apps.events.actions.rights import hold, locked_and_in
from apps.events.models import Attendee, Crew, Event
from apps.live import publish, streams

from .. import moderation, queries
from ..flags import flags_on
from ..models import Claim, Decision, Tip, Vote, Wall
from ..moderation import By, State, Verb
from .telling import changed, tell


@transaction.atomic
def write(event: Event, segment: str, author: Attendee, *, text: str, signed: bool | None = None) -> Tip:
    """A new tip; it waits, or is shown at once where the host switched moderation off.

    Refuses `empty` and `too_long` (400), `not_here` (404) before the segment, `ended` (409).
    """
    text = clean_block(text, TIP_GRAPHEMES)
    author = locked_and_in(event, author)
    wall = queries.lock_wall(event, segment)
    if event.ended_at:
        raise Refusal("ended", _("This event has ended."))
    moment = clock.now()
    tip = Tip.objects.create(
        wall=wall,
        author=author,
        author_name=author.shown_name,
        signed=signing(wall, signed),
        text=text,
        flags=flagged(text),
        state=State.PENDING if wall.moderated else State.APPROVED,
        approved_at=None if wall.moderated else moment,
        written_at=moment,
    )
    changed(wall)
    tell("tip.written", wall, [tip])
    return tip


@transaction.atomic
def edit(event: Event, segment: str, author: Attendee, tip_id: str, *, text: str, signed: bool | None = None) -> Tip:
    """One's own words anew; a tip that was sent back waits again.

    Refuses `empty` and `too_long` (400), `not_here` (404) and `somebody_faster` (409): it is on the wall already.
    """
    text = clean_block(text, TIP_GRAPHEMES)
    author = locked_and_in(event, author)
    wall = queries.lock_wall(event, segment)
    tip = queries.find_tip(wall, tip_id, author=author)
    before, after = allowed(tip, Verb.EDIT, By.AUTHOR)
    wanted = tip.signed if signed is None else signing(wall, signed)
    if (tip.text, tip.signed, before) == (text, wanted, after):
        return tip
    tip.text, tip.signed, tip.original, tip.flags = text, wanted, "", flagged(text)
    tip.state, tip.reason, tip.words, tip.written_at = after, "", "", clock.now()
    tip.save()
    note(tip, Verb.EDIT, before)
    tell("tip.edited", wall, [tip], parts=changed(wall, tip))
    return tip


@transaction.atomic
def withdraw(event: Event, segment: str, author: Attendee, tip_id: str) -> None:
    """Its words are gone from storage. Twice is once; refuses `not_here` (404) and `somebody_faster` (409)."""
    author = locked_and_in(event, author)
    wall = queries.lock_wall(event, segment)
    tip = queries.find_tip(wall, tip_id, author=author)
    before, after = allowed(tip, Verb.WITHDRAW, By.AUTHOR)
    if before == after:
        return
    tip.state, tip.text, tip.original, tip.words, tip.reason, tip.flags = after, "", "", "", "", []
    tip.save()
    Claim.objects.filter(tip=tip).delete()
    note(tip, Verb.WITHDRAW, before)
    tell("tip.withdrawn", wall, [tip], parts=changed(wall, tip))


@transaction.atomic
def vote(event: Event, segment: str, attendee: Attendee, tip_id: str) -> Wall:
    """One vote for a tip on the wall; twice is once. Counts follow within a second. Refuses `not_here` (404)."""
    attendee = locked_and_in(event, attendee)
    wall = queries.lock_wall(event, segment)
    tip = queries.find_tip(wall, tip_id, state=State.APPROVED, wall__revealed=True)
    _vote, is_new = Vote.objects.get_or_create(tip=tip, attendee=attendee)
    if is_new:
        count_again(wall, attendee)
    return wall


@transaction.atomic
def take_vote_back(event: Event, segment: str, attendee: Attendee, tip_id: str) -> Wall:
    """Twice is once; refuses `not_here` (404)."""
    attendee = locked_and_in(event, attendee)
    wall = queries.lock_wall(event, segment)
    gone, _rows = Vote.objects.filter(tip__wall=wall, tip__public_id=tip_id, attendee=attendee).delete()
    if gone:
        count_again(wall, attendee)
    return wall


def count_again(wall: Wall, attendee: Attendee) -> None:
    wall.votes_stale = True
    wall.save(update_fields=["votes_stale"])
    stream = streams.attendee(wall.segment.event.code, attendee.public_id)
    publish.publish(stream, "vote.changed", {queries.votes_key(wall): queries.votes_of(wall, attendee)})


def count_due(code: str) -> None:
    """Tell the counts of walls whose votes changed; a tick, so any process may win."""
    for pk in list(Wall.objects.filter(segment__event__code=code, votes_stale=True).values_list("pk", flat=True)):
        with transaction.atomic():
            if Wall.objects.filter(pk=pk, votes_stale=True).update(votes_stale=False):
                wall = Wall.objects.select_related("segment__event").get(pk=pk)
                counted = queries.counted_votes(wall)
                if counted != wall.votes:
                    wall.votes = counted
                    wall.save(update_fields=["votes"])
                    shown = counted if wall.revealed else {}
                    publish.publish(streams.public(code), "votes.counted", {queries.votes_key(wall): shown})


def locked_for(event: Event, segment: str, by: Crew | None, action: str = "moderate_tips") -> Wall:
    """The wall for the crew, who may still do this; refuses what `rights.hold` does."""
    hold(event, by, action)
    return queries.lock_wall(event, segment)


def signing(wall: Wall, wanted: bool | None) -> bool:
    rule = wall.segment.options.get("signing", "optional")
    return wanted if rule == "optional" and wanted is not None else rule == "always"


def flagged(text: str) -> list[dict[str, object]]:
    return [{"kind": flag.kind, "words": list(flag.words)} for flag in flags_on(text)]


def allowed(tip: Tip, verb: Verb, by: By) -> tuple[State, State]:
    """Its state before and after; refuses in the reader's language."""
    with in_their_language():
        return State(tip.state), moderation.transition(State(tip.state), verb, by)


def refuse_removed(tip: Tip, state: State) -> None:
    """Nothing of somebody who was removed comes on the wall: `removed` (409)."""
    if state == State.APPROVED and tip.author.removed_at:
        raise Refusal("removed", _("Its author has been removed from this event."))


def note(tip: Tip, verb: Verb, before: str, by: Crew | None = None) -> Decision:
    return Decision.objects.create(
        wall=tip.wall,
        tip=tip,
        tip_public_id=tip.public_id,
        verb=verb,
        by=by,
        at=clock.now(),
        before=before,
        after=tip.state,
        reason=tip.reason if verb == Verb.DECLINE else "",
    )
