"""Drawing up a round, closing it, and taking it back."""

import secrets
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.codes import new_id
from apps.core.refusal import Refusal
from apps.events.actions.crewing import acted
from apps.events.actions.rights import held
from apps.events.models import Attendee, Crew, Event, Segment

from .. import documents, options, queries
from ..models import Group, Round, Seat
from ..pairing import ALGORITHM, Pairing, pair
from .telling import last_groups, members_of, tell

KIND = "icebreaker"
# A thumb that pressed by mistake, and a hall that has begun to walk: longer than that, and undoing does more harm.
UNDO_ACCEPTED = timedelta(seconds=15)


@transaction.atomic
def open_round(
    event: Event,
    *,
    by: Crew | None,
    after: int,
    again: bool = False,
    smallest: int | None = None,
    largest: int | None = None,
    mix_sides: bool = False,
    names: bool | None = None,
    minutes: int | None = None,
) -> Round:
    """Draw up groups of those who are here; `after` is the number of the last round the host had seen (0: none).

    `again` keeps the groups of the round before as far as their people are here. Sizes, names and minutes come from the
    programme where they are not given. Refuses `no_icebreaker`, `somebody_faster` and `too_few` (409).
    """
    event = held(event, by, "lead_rounds")
    segment = segment_of(event)
    before, old_groups = last_groups(event)
    latest = event.rounds.order_by("-number").first()
    if (latest.number if latest else 0) != after:
        raise faster(latest)
    here = queries.to_match(event)
    if len(here) < 2:
        raise Refusal("too_few", _("Two people have to be here for a round."))
    chosen = options.of(segment)
    smallest, largest = smallest or chosen.smallest, largest or chosen.largest
    history = queries.history(event)
    seed = secrets.randbits(128)
    people = [queries.person(one) for one in here]
    if again and before:
        drawn = same_again(old_groups, here)
    else:
        drawn = pair(
            people,
            history,
            smallest=smallest,
            largest=max(smallest, largest),
            mix_sides=mix_sides,
            seed=seed,
            plans=queries.plans_of(before),
            rounds_left=rounds_left(event),
        )
    moment = clock.now()
    minutes = minutes or chosen.minutes
    event.rounds.filter(closed_at=None).update(closed_at=moment)
    made = Round.objects.create(
        event=event,
        segment=segment,
        prompt=event.prompt,
        number=after + 1,
        opened_at=moment,
        opened_by=by,
        closes_at=moment + timedelta(minutes=minutes) if minutes else None,
        smallest=smallest,
        largest=max(smallest, largest),
        mix_sides=mix_sides,
        names_shown=chosen.names if names is None else names,
        seed=str(seed),
        algorithm=ALGORITHM,
        roster=[[one.id, one.remote] for one in people],
        history_digest=history.digest(),
        plans=[asdict(plan) for plan in drawn.plans],
        repeats=drawn.repeats,
        unavoidable=drawn.unavoidable,
        reports=[{"rule": one.rule, "ids": list(one.ids), "why": one.why} for one in drawn.forced],
        waiting=list(drawn.waiting),
    )
    groups = seat_all(made, drawn, here, chosen.video_link)
    touched = [*here, *members_of(old_groups)]
    acted(event, by, "open_round", number=made.number)
    tell("round.opened", event, touched=touched, changed=groups, dissolved=old_groups)
    return made


def seat_all(round: Round, drawn: Pairing, here: list[Attendee], video_link: str) -> list[Group]:
    by_id = {one.public_id: one for one in here}
    groups = Group.objects.bulk_create(
        Group(round=round, number=number, link=link_for([by_id[one] for one in ids], video_link))
        for number, ids in enumerate(drawn.groups, start=1)
    )
    Seat.objects.bulk_create(
        Seat(round=round, group=group, attendee=by_id[one], seated_at=round.opened_at)
        for group, ids in zip(groups, drawn.groups, strict=True)
        for one in ids
    )
    return groups


def link_for(members: list[Attendee], template: str) -> str:
    """A video address nobody can guess, where somebody of the group is not in the room."""
    if not template or not any(one.remote for one in members):
        return ""
    return template.replace("{room}", f"{new_id()}{new_id()}")


def same_again(groups: list[Group], here: list[Attendee]) -> Pairing:
    """The groups of the round before, without who has gone; the others are seated as latecomers."""
    present = {one.pk for one in here}
    kept = [
        tuple(seat.attendee.public_id for seat in documents.seats_of(group) if seat.attendee_id in present)
        for group in groups
    ]
    return Pairing([group for group in kept if group], 0, 0, [])


def rounds_left(event: Event) -> int | None:
    """One round a prompt is what programmes mean; None without prompts."""
    if event.segment is None or event.prompt is None:
        return None
    return event.segment.prompts.filter(position__gte=event.prompt.position).count()


@transaction.atomic
def close_round(event: Event, round_id: str, *, by: Crew | None = None) -> Round:
    """Nobody is seated any more. Twice is once; refuses `not_here` (404)."""
    event = held(event, by, "lead_rounds")
    round = queries.find_round(event, round_id)
    if round.closed_at is None:
        round.closed_at = clock.now()
        round.waiting = []
        round.save(update_fields=["closed_at", "waiting"])
        acted(event, by, "close_round", number=round.number)
        tell("round.closed", event)
    return round


@transaction.atomic
def undo_round(event: Event, round_id: str, *, by: Crew | None = None) -> None:
    """Take back an opening: it counts for nothing, and the round before goes on. Twice is once.

    Refuses `not_here` (404) and `too_late_to_undo` (409).
    """
    event = held(event, by, "lead_rounds")
    round = queries.find_round(event, round_id)
    if round.undone_at:
        return
    moment = clock.now()
    _latest, groups = last_groups(event)
    if moment - round.opened_at > UNDO_ACCEPTED or _latest is None or _latest.pk != round.pk:
        raise Refusal("too_late_to_undo", _("It is too late to take this back."))
    round.undone_at, round.closed_at = moment, round.closed_at or moment
    round.save(update_fields=["undone_at", "closed_at"])
    before, old_groups = last_groups(event)
    if before and before.closed_at == round.opened_at:
        before.closed_at = None
        before.save(update_fields=["closed_at"])
    everybody = [*members_of(groups), *members_of(old_groups)]
    acted(event, by, "undo_round", number=round.number)
    tell("round.undone", event, touched=everybody, changed=old_groups, dissolved=groups, people=everybody)


def segment_of(event: Event) -> Segment:
    if event.segment is None or event.segment.kind != KIND:
        raise Refusal("no_icebreaker", _("There is no icebreaker just now."))
    return event.segment


def faster(latest: Round | None) -> Refusal:
    who = latest.opened_by.name if latest and latest.opened_by else ""
    sentence = _("%(host)s opened a round first.") % {"host": who} if who else _("A round was opened meanwhile.")
    return Refusal("somebody_faster", sentence)
