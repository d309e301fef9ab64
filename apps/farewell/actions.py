"""All writes of contacts. Each is one side's own doing, and the other hears of it only where it changes what they see.

The event's gate is passed before what is told is read: whoever is about to publish waits for nothing else then. So
erasing, meeting and swapping never wait for each other in a circle, and what is told is what is true.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import CONTACT_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.rights import hold, locked_and_in
from apps.events.models import Attendee, Event
from apps.live import publish, streams

from . import queries, rules
from .models import Contact
from .rules import Side, Sides

# The asker's side and the one opposite.
Pair: TypeAlias = tuple[Contact, Contact]
# One word for all of it: the other side reads it as well, and must not learn that it was a block.
CHANGED = "contact.changed"


def offer(event: Event, attendee: Attendee, other_id: str, line: str) -> Pair:
    """Offer this one line, or another one than before. Twice is once.

    Refuses `empty` and `too_long` (400), `not_here` (404: nobody they met) and `blocked` (409: by themselves).
    """
    line = clean_line(line, CONTACT_GRAPHEMES)
    try:
        return change(event, attendee, other_id, lambda mine, theirs: rules.offer(mine, theirs, line))
    except rules.Blocking as no:
        raise Refusal("blocked", _("You have blocked this person. Unblock them first.")) from no


def withdraw(event: Event, attendee: Attendee, other_id: str) -> Pair:
    """Take the line back; after a swap both lines vanish, and the other one is told so.

    Twice is once; refuses `not_here` (404).
    """
    return change(event, attendee, other_id, rules.withdraw)


def block(event: Event, attendee: Attendee, other_id: str) -> Pair:
    """Nothing to this person and nothing from them; they see what they see when a line is taken back. Twice is once."""
    return change(event, attendee, other_id, rules.block)


def unblock(event: Event, attendee: Attendee, other_id: str) -> Pair:
    """As it was before any offer of one's own. Twice is once; refuses `not_here` (404)."""
    return change(event, attendee, other_id, rules.unblock)


@transaction.atomic
def change(event: Event, attendee: Attendee, other_id: str, rule: Callable[[Side, Side], Sides]) -> Pair:
    attendee = locked_and_in(event, attendee)
    publish.pass_gates({event.code})
    mine, theirs = queries.pair(event, attendee, other_id)
    before = (mine.side, theirs.side)
    after = rule(*before)
    for one, was, side in zip((mine, theirs), before, after, strict=True):
        if side != was:
            one.line, one.blocks, one.lapsed = side.line, side.blocks, side.lapsed
            one.save(update_fields=["line", "blocks", "lapsed"])
    # A version that moves for nothing would tell them that something happened.
    looks = ((mine, before, after), (theirs, before[::-1], after[::-1]))
    tell(event, [one for one, was, now in looks if rules.seen(*was) != rules.seen(*now)], [mine, theirs])
    return mine, theirs


@transaction.atomic
def meet(event: Event, pairs: Iterable[tuple[Attendee, Attendee]]) -> None:
    """These people met: from now on each may offer the other a contact. Again is once.

    Rows that point at people are made under the event's lock and before the gate: whoever changes a name holds that
    person's row until they have passed it, and who erases somebody waits for the event first.
    """
    hold(event)
    moment = clock.now()
    ways = [way for one, other in pairs for way in ((one.pk, other.pk), (other.pk, one.pk))]
    here = event.attendees.filter(removed_at=None).in_bulk({giver for giver, _to in ways})
    known = set(Contact.objects.filter(giver__in=here).values_list("giver_id", "to_id"))
    made = [
        Contact(event=event, giver=here[giver], to=here[to], met_at=moment)
        for giver, to in ways
        if (giver, to) not in known and giver in here and to in here
    ]
    if made:
        Contact.objects.bulk_create(made)
        publish.pass_gates({event.code})
        # With the names that they have by now.
        new = queries.sides(event.pk).filter(pk__in=[one.pk for one in made])
        tell(event, new, new)


@transaction.atomic
def erase(event: Event, attendee: Attendee) -> None:
    """Everything between this person and anybody, on both sides; who met them no longer sees them."""
    publish.pass_gates({event.code})
    theirs = list(queries.sides(event.pk).filter(to=attendee))
    Contact.objects.filter(Q(giver=attendee) | Q(to=attendee)).delete()
    changes = {streams.attendee(event.code, one.giver.public_id): {queries.key_of(one): None} for one in theirs}
    if changes:
        publish.publish_each(CHANGED, changes)


@transaction.atomic
def tell_name(event: Event, attendee: Attendee) -> None:
    """Who met this person reads their name as it is now."""
    publish.pass_gates({event.code})
    others = queries.sides(event.pk)
    tell(event, others.filter(to=attendee), others.filter(giver=attendee))


def tell(event: Event, sides: Iterable[Contact], everything: Iterable[Contact]) -> None:
    """Last in a write's transaction, to the owners of these sides alone."""
    if changes := queries.told(event.code, sides, everything):
        publish.publish_each(CHANGED, changes)
