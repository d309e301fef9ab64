"""What the crew does about a tip: approve, send back, word anew, take down, put back, pin, claim."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import REASON_GRAPHEMES, TIP_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.refusals import beside, in_their_language
from apps.core.text import clean_block
from apps.events.actions.crewing import acted
from apps.events.models import Crew, Event

from .. import moderation, queries
from ..models import Claim, Decision, Tip
from ..moderation import SENT_TWICE, By, State, Verb
from .naming import gone_of, quoted_names
from .telling import changed, tell
from .writing import allowed, flagged, locked_for, note, refuse_removed

PAST = {
    Verb.APPROVE: "tip.approved",
    Verb.DECLINE: "tip.declined",
    Verb.TAKE_DOWN: "tip.taken_down",
    Verb.PUT_BACK: "tip.put_back",
    Verb.RECONSIDER: "tip.reconsidered",
}


@transaction.atomic
def decide(
    event: Event,
    segment: str,
    tip_id: str,
    *,
    verb: Verb,
    by: Crew,
    reason: str = "",
    words: str = "",
    theme: str | None = None,
    seen: str | None = None,
) -> Tip:
    """Approve (also under a theme), decline for a `reason` with own `words` or its sentence, take down, put back.

    `seen` is the text the moderator read: where its author changed it meanwhile, nothing is approved unread. Twice is
    once. Refuses `reason_missing` and `too_long` (400), `not_here` (404), `claimed`, `edited` and `somebody_faster`.
    """
    if verb == Verb.DECLINE:
        words = checked_reason(reason, words)
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id)
    before, after = allowed_to(tip, verb, by)
    if before == after:
        return tip
    if verb == Verb.APPROVE and seen is not None and seen != tip.text:
        raise Refusal("edited", _("Its author has just changed this tip. Please read it again."))
    refuse_removed(tip, after)
    names = quoted_names(wall) if verb == Verb.TAKE_DOWN else {}
    decision = settle(tip, verb, after, by=by, reason=reason, words=words)
    if theme is not None:
        tip.theme = queries.find_theme(wall, theme)
        tip.save(update_fields=["theme"])
    acted(event, by, "decide_tip", verb=verb, tip=tip.public_id)
    parts = changed(wall, tip)
    if names:
        decision.names = gone_of(wall, names)
        decision.save(update_fields=["names"])
    tell(PAST[verb], wall, [tip], parts=parts)
    return tip


@transaction.atomic
def approve_all(
    event: Event, segment: str, tip_ids: Sequence[str], *, by: Crew, seen: Mapping[str, str] | None = None
) -> tuple[list[Tip], dict[str, str]]:
    """Those of the tips that still wait and nobody else has open; the others with the code of why not.

    `seen` is when what the moderator read was written, by tip, as cards say it: what its author changed meanwhile is
    left as `edited`.
    """
    wall = locked_for(event, segment, by)
    approved: list[Tip] = []
    decisions: list[int] = []
    left = dict.fromkeys(tip_ids, "not_here")
    for tip in queries.find_tips(wall, tip_ids):
        del left[tip.public_id]
        try:
            before, after = allowed_to(tip, Verb.APPROVE, by)
        except Refusal as no:
            left[tip.public_id] = no.code
            continue
        written_at = clock.iso(tip.written_at)
        if before != after and seen and seen.get(tip.public_id, written_at) != written_at:
            left[tip.public_id] = "edited"
        elif before != after:
            decisions.append(settle(tip, Verb.APPROVE, after, by=by).pk)
            approved.append(tip)
    if approved:
        # The ten seconds to undo are the same for all of them, and begin when the last one is decided.
        Decision.objects.filter(pk__in=decisions).update(at=clock.now())
        acted(event, by, "approve_tips", tips=[tip.public_id for tip in approved])
        tell("tip.approved", wall, approved, parts=changed(wall, *approved))
    return approved, left


@transaction.atomic
def reword(event: Event, segment: str, tip_id: str, *, by: Crew, text: str, seen: str | None = None) -> Tip:
    """Other words for a tip: the original is kept and its author told; the original again undoes it.

    Refuses `empty` and `too_long` (400), `not_here` (404), `claimed`, `edited` and `somebody_faster` (409).
    """
    text = clean_block(text, TIP_GRAPHEMES)
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id)
    before, _after = allowed_to(tip, Verb.REWRITE, by)
    if text == tip.text:
        return tip
    if seen is not None and seen != tip.text:
        raise Refusal("edited", _("This tip has just been changed. Please read it again."))
    first = tip.original or tip.text
    tip.original, tip.text, tip.flags = "" if text == first else first, text, flagged(text)
    tip.save(update_fields=["original", "text", "flags"])
    note(tip, Verb.REWRITE, before, by)
    acted(event, by, "reword_tip", tip=tip.public_id)
    tell("tip.reworded", wall, [tip], parts=changed(wall, tip))
    return tip


@transaction.atomic
def pin(event: Event, segment: str, tip_id: str, *, pinned: bool, by: Crew | None = None) -> Tip:
    """Keep an approved tip in sight, or no longer. Refuses `not_here` (404): also one that is not on the wall."""
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id, state=State.APPROVED)
    if tip.pinned != pinned:
        tip.pinned = pinned
        tip.save(update_fields=["pinned"])
        acted(event, by, "pin_tip", pinned=pinned, tip=tip.public_id)
        tell("tip.pinned" if pinned else "tip.unpinned", wall, [tip])
    return tip


@transaction.atomic
def claim(event: Event, segment: str, tip_id: str, *, by: Crew) -> Tip:
    """Have a card to oneself for half a minute, or longer; the one claimed before is free again.

    Refuses `not_here` (404) and `claimed` (409).
    """
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id)
    free = refuse_claimed(tip, by)
    let_go = list(queries.tips_of(wall).filter(claim__by=by).exclude(pk=tip.pk))
    if not let_go and Claim.objects.filter(tip=tip, by=by, until__gt=free.until - SENT_TWICE).exists():
        return tip
    Claim.objects.filter(tip__in=let_go).delete()
    Claim.objects.update_or_create(tip=tip, defaults={"by": by, "until": free.until})
    tell("tip.claimed", wall, [tip, *let_go])
    return tip


@transaction.atomic
def release(event: Event, segment: str, tip_id: str, *, by: Crew) -> None:
    """Put a claimed card down. Twice is once; refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id)
    if Claim.objects.filter(tip=tip, by=by).delete()[0]:
        tell("tip.released", wall, [tip])


def settle(tip: Tip, verb: Verb, after: State, *, by: Crew, reason: str = "", words: str = "") -> Decision:
    before, tip.state = tip.state, after
    if verb == Verb.APPROVE:
        tip.approved_at = clock.now()
    if verb == Verb.DECLINE:
        tip.reason, tip.words = reason, words
    if verb == Verb.RECONSIDER:
        tip.reason = tip.words = ""
    tip.save()
    Claim.objects.filter(tip=tip).delete()
    return note(tip, verb, before, by)


def allowed_to(tip: Tip, verb: Verb, by: Crew) -> tuple[State, State]:
    states = allowed(tip, verb, By.CREW)
    if states[0] != states[1] or verb == Verb.REWRITE:
        refuse_claimed(tip, by)
    return states


def refuse_claimed(tip: Tip, by: Crew) -> moderation.Claim:
    held = queries.claims_on([tip]).get(tip.pk)
    current = moderation.Claim(held.by.public_id, held.until) if held and held.by.revoked_at is None else None
    try:
        return moderation.claimed(current, by.public_id, clock.now())
    except Refusal as no:
        raise Refusal(no.code, _("%(name)s has this one open.") % {"name": held.by.name if held else ""}) from no


def checked_reason(reason: str, words: str) -> str:
    """A moderator's own words, cleaned, or "" for the sentence of the reason."""
    words = clean_block(words, REASON_GRAPHEMES) if words.strip() else ""
    with beside("reason"), in_their_language():
        moderation.sentence_for(reason, words)
    return words
