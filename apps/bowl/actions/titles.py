"""What a story was called, for those who want it kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.limits import TITLE_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here

from ..models import Bowl, Draw, Slip
from .opening import locked
from .telling import tell


@transaction.atomic
def give_title(event: Event, segment: str, attendee: Attendee, title: str) -> Slip:
    """The teller names the story and agrees that it is kept beside their name. Again changes it.

    Refuses `empty` and `too_long` (400), `not_here` (404) and `not_told` (409): a story is named once it is told.
    """
    title = clean_line(title, TITLE_GRAPHEMES)
    bowl = locked(event, segment, attendee)
    slip = told_by(bowl, attendee)
    if slip is None:
        raise Refusal("not_told", _("A story gets its title once it has been told."))
    keep(event, bowl, slip, title)
    return slip


@transaction.atomic
def take_title_back(event: Event, segment: str, attendee: Attendee) -> None:
    """The teller does not want it kept any more. Twice is once."""
    bowl = locked(event, segment, attendee)
    slip = told_by(bowl, attendee)
    if slip:
        keep(event, bowl, slip, "")


@transaction.atomic
def strike_title(event: Event, segment: str, slip_id: str, *, by: Crew | None = None) -> None:
    """By the crew. Twice is once; refuses `not_here` (404)."""
    bowl = locked(event, segment, by, "fill_bowl")
    slip = bowl.slips.select_related("attendee", "bowl__segment__event").filter(public_id=slip_id).first()
    if slip is None:
        raise not_here()
    keep(event, bowl, slip, "", by)


def told_by(bowl: Bowl, attendee: Attendee) -> Slip | None:
    slips = bowl.slips.select_related("attendee", "bowl__segment__event")
    return slips.filter(attendee=attendee, draws__outcome=Draw.Outcome.TOLD).first()


def keep(event: Event, bowl: Bowl, slip: Slip, title: str, by: Crew | None = None) -> None:
    if slip.title != title:
        slip.title = title
        slip.save(update_fields=["title"])
        acted(event, by, "strike_title", slip=slip.public_id)
        tell("title.given" if title else "title.taken_back", event, bowl, [slip])
