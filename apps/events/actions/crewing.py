"""Who runs the event, how they get in, and the address of the stage."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from sesame.utils import get_token

from apps.core import clock
from apps.core.codes import new_id
from apps.core.limits import NAME_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.live import publish, streams

from .. import documents, signals, stage
from ..models import Crew, Event

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
        publish.publish(
            streams.member(event.code, member.public_id), "member.changed", {"member": documents.member(member)}
        )
    return member


@transaction.atomic
def revoke(member: Crew) -> None:
    """No longer crew: sockets close and addresses answer 404. Twice is once."""
    if Crew.objects.filter(pk=member.pk, revoked_at=None).update(revoked_at=clock.now()):
        publish.close([streams.member(member.event.code, member.public_id)])


def refuse_revoked(by: Crew) -> None:
    """Asked again inside a transaction: a right that was taken away a moment ago is gone: `not_allowed` (403)."""
    if Crew.objects.filter(pk=by.pk, revoked_at=None).select_for_update().first() is None:
        raise Refusal("not_allowed", _("You are not allowed to do this."), status=403)


def new_sign_in_address(member: Crew) -> str:
    """`/sign-in/?token=…&next=/console/CODE/`: works once, after a press on its page (previews do not burn it)."""
    return "/sign-in/?" + urlencode({"token": get_token(member.user), "next": f"/console/{member.event.code}/"})


@transaction.atomic
def renew_stage_link(event: Event) -> str:
    """A new address of the stage; the old one is worth nothing from now on, its sockets close."""
    old = event.stage_id
    event.stage_id = new_id()
    if not Event.objects.filter(pk=event.pk, stage_id=old).update(stage_id=event.stage_id):
        # Another host renewed it in the same instant: theirs is new enough.
        event.refresh_from_db(fields=["stage_id"])
        return stage.address(event)
    signals.stage_renewed.send(Event, event=event)
    publish.close([streams.stage(event.code, old)])
    publish.publish(streams.crew(event.code), "stage.renewed", {"stage": {"address": stage.address(event)}})
    return stage.address(event)
