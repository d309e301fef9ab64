"""Who runs the event, how they get in, and the address of the stage."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from sesame.utils import get_token

from apps.core import clock
from apps.core.codes import new_id
from apps.core.limits import NAME_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.live import publish, streams

from .. import documents, queries, signals, stage
from ..models import Attendee, Crew, Event
from .rights import hold

USERNAME_POINTS = 150  # Django's column


@transaction.atomic
def add_crew(event: Event, name: str, role: str | None = None) -> Crew:
    """The crew member of this name at the event, made if there is none; the account may be crew of other events too.

    An account is found by its name: the person at the server's command line vouches for it. A role replaces the
    one they had; without one they keep theirs, or are host.
    """
    name = clean_line(name, NAME_GRAPHEMES)
    users = get_user_model().objects
    username = name[:USERNAME_POINTS]
    user = users.filter(username=username).first() or users.create_user(username=username)
    member, is_new = event.crew.get_or_create(
        user=user, revoked_at=None, defaults={"name": name, "role": role or "host"}
    )
    if is_new or (role and member.role != role):
        member.role = role or member.role
        member.save(update_fields=["role"])
        announce("member.changed", member)
    return member


@transaction.atomic
def take_in(event: Event, user: User, name: str, role: str) -> Crew:
    """This account is crew of the event from now on; refuses `already_crew` (409)."""
    hold(event)
    if event.crew.filter(user=user, revoked_at=None).exists():
        raise Refusal("already_crew", _("You are on this crew already. The invitation is for somebody else."))
    member = event.crew.create(user=user, name=name, role=role)
    announce("member.joined", member)
    return member


@transaction.atomic
def change_role(event: Event, member_id: str, role: str, *, by: Crew) -> Crew:
    """Host or moderator from now on. Twice is once.

    Refuses `not_allowed` (403), `not_here` (404) and `last_host` (409).
    """
    hold(event, by, "run_crew")
    member = find_member(event, member_id)
    if member.role != role:
        if role != Crew.Role.HOST:
            refuse_last_host(event, member)
        member.role = role
        member.save(update_fields=["role"])
        acted(event, by, "change_role", member=member.public_id, role=role)
        announce("member.changed", member)
    return member


@transaction.atomic
def take_off(event: Event, member_id: str, *, by: Crew) -> None:
    """Somebody is no longer crew. Twice is once; refuses `not_allowed` (403), `not_here` (404), `last_host` (409)."""
    hold(event, by, "run_crew")
    member = find_member(event, member_id, also_former=True)
    if member.revoked_at is None:
        refuse_last_host(event, member)
        acted(event, by, "take_off_crew", member=member.public_id)
        revoke(member)


@transaction.atomic
def leave_crew(event: Event, member: Crew) -> None:
    """By oneself. Twice is once; refuses `last_host` (409): somebody has to be able to run the event."""
    hold(event)
    member = find_member(event, member.public_id, also_former=True)
    if member.revoked_at is None:
        refuse_last_host(event, member)
        acted(event, member, "leave_crew")
        revoke(member)


@transaction.atomic
def revoke(member: Crew) -> None:
    """No longer crew: sockets close and addresses answer 404. Twice is once."""
    # Before the clock is looked at: whatever they still do is done by then.
    hold(member.event)
    if not Crew.objects.filter(pk=member.pk, revoked_at=None).update(revoked_at=clock.now()):
        return
    publish.close([streams.member(member.event.code, member.public_id)])
    publish.publish(streams.crew(member.event.code), "member.revoked", {documents.member_key(member): None})


def find_member(event: Event, member_id: str, *, also_former: bool = False) -> Crew:
    """Refuses `not_here` (404)."""
    found = event.crew.select_related("event").filter(public_id=member_id).first()
    if found is None or (found.revoked_at and not also_former):
        raise queries.not_here()
    return found


def refuse_last_host(event: Event, member: Crew) -> None:
    others = event.crew.filter(role=Crew.Role.HOST, revoked_at=None).exclude(pk=member.pk)
    if member.role == Crew.Role.HOST and not others.exists():
        raise Refusal("last_host", _("An event needs a host. Make somebody else host first."))


def acted(event: Event, by: Crew | Attendee | None, deed: str, **about: object) -> None:
    """Tells what one of the crew did, in the transaction of the deed; what others do is nobody's to list.

    `about` has public ids and codes, and nothing typed.
    """
    if isinstance(by, Crew):
        signals.crew_acted.send(Event, event=event, by=by, deed=deed, about=about)


def announce(because: str, member: Crew) -> None:
    document = documents.member(member)
    publish.publish_each(
        because,
        {
            streams.crew(member.event.code): {documents.member_key(member): document},
            streams.member(member.event.code, member.public_id): {"member": document},
        },
    )


def new_sign_in_address(member: Crew) -> str:
    """`/sign-in/?token=…&next=/console/CODE/`: works once, after a press on its page (previews do not burn it)."""
    return "/sign-in/?" + urlencode({"token": get_token(member.user), "next": f"/console/{member.event.code}/"})


@transaction.atomic
def renew_stage_link(event: Event, *, by: Crew | None = None) -> str:
    """A new address of the stage; the old one is worth nothing from now on, its sockets close."""
    hold(event, by, "renew_stage_link")
    old = event.stage_id
    event.stage_id = new_id()
    if not Event.objects.filter(pk=event.pk, stage_id=old).update(stage_id=event.stage_id):
        # Another host renewed it in the same instant: theirs is new enough.
        event.refresh_from_db(fields=["stage_id"])
        return stage.address(event)
    acted(event, by, "renew_stage_link")
    signals.stage_renewed.send(Event, event=event)
    publish.close([streams.stage(event.code, old)])
    publish.publish(streams.crew(event.code), "stage.renewed", {"stage": {"address": stage.address(event)}})
    return stage.address(event)
