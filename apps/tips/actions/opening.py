"""A wall opens with its segment; its host hides and shows it; people who go take their words with them."""

from collections.abc import Mapping

from django.db import transaction

from apps.core import clock
from apps.core.refusals import in_their_language
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event, Segment
from apps.live import streams

from .. import moderation, queries
from ..models import COLOURS, Claim, Decision, Theme, Tip, Vote, Wall
from ..moderation import State, Verb
from .telling import changed, tell
from .themes import key_of
from .writing import locked_for, note


@transaction.atomic
def open_wall(segment: Segment) -> Wall:
    """Make the wall with the themes its programme names. Twice is once."""
    wall, is_new = Wall.objects.get_or_create(
        segment=segment,
        defaults={
            "opened_at": clock.now(),
            "revealed": segment.options.get("wall_shown", "at_start") == "at_start",
        },
    )
    if is_new:
        named = {key_of(name): name for name in segment.options.get("themes", [])}
        Theme.objects.bulk_create(
            Theme(wall=wall, name=name, name_key=key, colour=COLOURS[place % len(COLOURS)], position=place)
            for place, (key, name) in enumerate(named.items())
        )
        tell("wall.opened", wall, parts=queries.PARTS)
    return wall


@transaction.atomic
def switch(
    event: Event,
    segment: str,
    *,
    revealed: bool | None = None,
    moderated: bool | None = None,
    themes_on_stage: bool | None = None,
    by: Crew | None = None,
) -> Wall:
    """Change what is given: show or hide the wall, look at tips first or not, notes or themes on the stage.

    Refuses `not_here` (404) and `tips_pending` (409): waiting tips would appear unread.
    """
    wall = locked_for(event, segment, by, "lead_wall")
    if moderated is not None:
        with in_their_language():
            moderation.require_moderation(moderated, wall.tips.filter(state=State.PENDING).count())
    given = {"revealed": revealed, "moderated": moderated, "themes_on_stage": themes_on_stage}
    wanted = {name: value for name, value in given.items() if value not in (None, getattr(wall, name))}
    if not wanted:
        return wall
    for name, value in wanted.items():
        setattr(wall, name, value)
    wall.save(update_fields=list(wanted))
    for name, value in wanted.items():
        acted(event, by, "switch_wall", switch=f"{name}/{value}")
    shown = list(queries.tips_of(wall).filter(state=State.APPROVED)) if "revealed" in wanted else []
    tell(because(wanted), wall, shown, parts=("wall", "themes", "votes"))
    return wall


def because(wanted: Mapping[str, bool | None]) -> str:
    if "revealed" in wanted:
        return "wall.revealed" if wanted["revealed"] else "wall.hidden"
    return "wall.switched"


@transaction.atomic
def take_down_all(event: Event, attendee: Attendee) -> None:
    """Of somebody who was removed: every word they wrote, shown or waiting, and their votes."""
    for wall in walls_with(event, attendee):
        tips = list(queries.tips_of(wall).select_for_update(of=("self",)).filter(author=attendee).order_by("pk"))
        Vote.objects.filter(tip__wall=wall, attendee=attendee).delete()
        taken = [tip for tip in tips if tip.state not in (State.TAKEN_DOWN, State.WITHDRAWN)]
        for tip in taken:
            tip.author = attendee
            before, tip.state = tip.state, State.TAKEN_DOWN
            tip.save(update_fields=["state"])
            note(tip, Verb.REMOVE, before)
        Claim.objects.filter(tip__in=taken).delete()
        wall.votes_stale = True
        wall.save(update_fields=["votes_stale"])
        tell("tips.removed", wall, taken, parts=changed(wall, *taken))


@transaction.atomic
def erase(event: Event, attendee: Attendee) -> None:
    """Of somebody who wants to be forgotten: their tips and votes are gone from storage; the log keeps no words."""
    for wall in walls_with(event, attendee):
        tips = list(queries.tips_of(wall).select_for_update(of=("self",)).filter(author=attendee).order_by("pk"))
        Vote.objects.filter(tip__wall=wall, attendee=attendee).delete()
        for tip in tips:
            tip.state = State.WITHDRAWN
        wall.votes_stale = True
        wall.save(update_fields=["votes_stale"])
        parts = {*changed(wall, *tips), *(["wall"] if any(tip.approved_at for tip in tips) else [])}
        ids = [tip.public_id for tip in tips]
        Decision.objects.filter(tip__in=[tip.pk for tip in tips]).update(names={})
        # Votes for what is gone are gone, too; a removed attendee's stream is closed.
        voters = Attendee.objects.filter(votes__tip__in=tips, removed_at=None).exclude(pk=attendee.pk)
        others = list(voters.distinct())
        Tip.objects.filter(pk__in=[tip.pk for tip in tips]).delete()
        code, votes = event.code, queries.votes_key(wall)
        tell(
            "tips.erased",
            wall,
            parts=parts,
            also={
                streams.public(code): {f"tips/{tip.public_id}": None for tip in tips if tip.approved_at},
                streams.crew(code): {f"{place}/{one}": None for one in ids for place in ("queue", "board")},
                streams.attendee(code, attendee.public_id): {votes: None},
                **{streams.attendee(code, one.public_id): {votes: queries.votes_of(wall, one)} for one in others},
            },
        )


@transaction.atomic
def rename(event: Event, attendee: Attendee) -> None:
    """Somebody corrected their name: it stands so on what they signed."""
    for wall in walls_with(event, attendee):
        tips = list(queries.tips_of(wall).filter(author=attendee).exclude(author_name=attendee.shown_name))
        for tip in tips:
            tip.author, tip.author_name = attendee, attendee.shown_name
            tip.save(update_fields=["author_name"])
        if tips:
            tell("author.renamed", wall, tips)


def walls_with(event: Event, attendee: Attendee) -> list[Wall]:
    """Locked, those on which this attendee has written or voted."""
    mine = Wall.objects.filter(segment__event=event)
    touched = mine.filter(tips__author=attendee) | mine.filter(tips__votes__attendee=attendee)
    segments = touched.order_by("pk").values_list("segment__public_id", flat=True).distinct()
    return [queries.lock_wall(event, segment) for segment in segments]
