"""Who asks, and may they: how every route of a phone and of a console begins."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from rest_framework.request import Request

from apps.core.refusal import Refusal

from ..identity import identify
from ..models import Attendee, Crew, Event


def phone(request: Request, code: str, action: str) -> tuple[Event, Attendee]:
    """The asking attendee, who may do this; refuses what `identify` and `require` refuse."""
    identity = identify(request, code, "phone")
    identity.require(action)
    assert identity.attendee is not None, "only attendees have these rights"
    return identity.event, identity.attendee


def crew(request: Request, code: str, action: str = "hear_crew") -> tuple[Event, Crew]:
    """The asking crew member, who may do this; refuses what `identify` and `require` refuse."""
    identity = identify(request, code, "console")
    identity.require(action)
    assert identity.crew is not None, "only crew asks as a console"
    return identity.event, identity.crew


def account(request: Request) -> User:
    """The signed-in account, whatever it is crew of; refuses `not_allowed` (403)."""
    if not request.user.is_authenticated:
        raise Refusal("not_allowed", _("Sign in first."), status=403)
    assert isinstance(request.user, User), "an account"
    return request.user
