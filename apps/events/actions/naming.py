"""Which name somebody gets: cleaned, nobody else's, and as the event wants names to be (`names.POLICIES`)."""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from apps.core.limits import NAME_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.refusals import beside
from apps.core.text import clean_line, graphemes

from .. import names, queries
from ..models import Attendee, Event


def clean_name(event: Event, typed: str) -> str:
    name = cleaned("name", typed, NAME_GRAPHEMES)
    if names.claims_office(name) and names.imitates(name, queries.names_of_crew(event)):
        sentence = _(
            "Names with “host” or “moderator” are for the people who run this event. Please choose another one."
        )
        raise at_name("crew_name", sentence, 400)
    return name


def columns_of_name(event: Event, name: str, *, whole: bool, own: Attendee | None = None) -> dict[str, object]:
    """The name's columns with the least number above its namesakes' that shows a name nobody else shows.

    `whole`: who has one name only says so. Two who want one name at once get here both; the database lets one of them
    in, and the other gets here again. Refuses `not_full` (400) and `name_taken` (409).
    """
    if event.names == names.FULL and not whole and not names.has_two(name):
        raise at_name("not_full", _("Your first and last name, please."), 400)
    key = names.key_of(name)
    number = (event.attendees.filter(name_key=key).aggregate(most=Max("name_number"))["most"] or 0) + 1
    while event.attendees.filter(shown_key=names.key_of(names.shown(name, number))).exists():
        number += 1
    # Asked after the number was read: whoever came in between is seen here, and who comes later has the same number.
    if event.names == names.UNIQUE and is_taken(event, key, own):
        raise taken(event, name)
    return {
        "name": name,
        "name_number": number,
        "name_key": key,
        "shown_key": names.key_of(names.shown(name, number)),
    }


def is_taken(event: Event, key: str, own: Attendee | None) -> bool:
    """By somebody who is here or may come back; of who was removed nobody sees the name any more."""
    others = queries.attendees_of(event).exclude(pk=own.pk) if own else queries.attendees_of(event)
    return others.filter(Q(name_key=key) | Q(shown_key=key)).exists()


def taken(event: Event, name: str) -> Refusal:
    offered = [one for one in names.with_initials(name) if graphemes(one) <= NAME_GRAPHEMES]
    free = next((one for one in offered if not is_taken(event, names.key_of(one), None)), None)
    if free is None:
        return at_name("name_taken", _("Somebody here is called that already. Please add another name or a word."), 409)
    sentence = _("Somebody here is called that already. Add a letter or a word, such as “%(name)s”.")
    return at_name("name_taken", sentence % {"name": free}, 409)


def at_name(code: str, sentence: str, status: int) -> Refusal:
    return Refusal(code, sentence, status=status, fields={"name": [sentence]})


def cleaned(field: str, typed: str, most: int) -> str:
    with beside(field):
        return clean_line(typed, most)
