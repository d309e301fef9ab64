"""What becomes of pictures when people or the whole event go, or it speaks another language.

A person's are locked by `attendee_changing` before.
"""

from collections.abc import Mapping

from django.db.models import Q

from apps.events.models import Attendee, Event
from apps.live import publish

from .. import files, queries
from ..rules import State
from .sending import tell


def take_down_all(event: Event, attendee: Attendee) -> None:
    """Of an attendee the crew has removed: nothing of theirs stays in sight."""
    theirs = queries.pictures_of(event).filter(author=attendee)
    pictures = list(theirs.exclude(state__in=[State.DELETED, State.TAKEN_DOWN]).order_by("pk"))
    for picture in pictures:
        picture.author = attendee
        picture.state, picture.reason, picture.words = State.TAKEN_DOWN, "", ""
        picture.verb, picture.decided_at = "", None
        picture.save()
    if pictures:
        tell("picture.taken_down", event, pictures)


def erase(event: Event, attendee: Attendee) -> None:
    """Of somebody who asked to be forgotten: rows, documents and, after the commit, files."""
    pictures = list(queries.pictures_of(event).filter(author=attendee))
    files.remove_after_commit(pictures)
    told = queries.picture_documents(event, pictures)
    event.pictures.filter(author=attendee).delete()
    gone: Mapping[str, Mapping[str, None]] = {
        stream: dict.fromkeys(keyed) for stream, keyed in told.items() if keyed and stream.count("/") == 1
    }
    if gone:
        publish.publish_each("picture.erased", gone)


def erase_event(event: Event) -> None:
    """The files of a whole event go after the commit; its rows and streams go with the event."""
    files.remove_after_commit(event.pictures.all())


def rename(event: Event, attendee: Attendee) -> None:
    """Pictures carry their sender's name of now."""
    pictures = list(queries.pictures_of(event).filter(author=attendee).exclude(author_name=attendee.shown_name))
    for picture in pictures:
        picture.author = attendee
        picture.author_name = attendee.shown_name
        picture.save(update_fields=["author_name"])
    if pictures:
        tell("picture.renamed", event, pictures)


def follow_language(event: Event) -> None:
    """Who sent one is told in the event's language why it is not shown."""
    told = Q(state=State.DECLINED, words="") | Q(state=State.TAKEN_DOWN)
    pictures = list(queries.pictures_of(event).filter(told))
    if pictures:
        tell("picture.translated", event, pictures)
