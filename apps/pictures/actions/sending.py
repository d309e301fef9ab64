"""What senders do: send a picture, and delete it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import CAPTION_GRAPHEMES, PICTURES_PER_EVENT, PICTURES_PER_SENDER
from apps.core.reencoding import Redrawn
from apps.core.refusal import Refusal
from apps.core.refusals import beside
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.actions.rights import still
from apps.events.models import Attendee, Crew, Event
from apps.live import publish

from .. import files, queries
from ..models import Picture
from ..rules import State


def refuse_early(event: Event, sender: Attendee | Crew) -> None:
    """What can be refused before a picture is drawn anew: `no_pictures`, `too_many_pictures` and `full` (409).

    Counted without a lock: those who send in one instant may exceed a limit by their number.
    """
    if not queries.takes_pictures(event):
        raise Refusal("no_pictures", _("This event collects no pictures."))
    there = event.pictures.exclude(state=State.DELETED)
    if sent_by(there, sender).count() >= PICTURES_PER_SENDER:
        raise Refusal(
            "too_many_pictures", _("You have sent as many pictures as there is room for. Delete one to send another.")
        )
    if there.count() >= PICTURES_PER_EVENT:
        raise Refusal("full", _("This event has as many pictures as there is room for."))


@transaction.atomic
def send(
    event: Event,
    sender: Attendee | Crew,
    *,
    redrawn: Redrawn,
    names: Mapping[str, str],
    caption: str = "",
    signed: bool = False,
) -> Picture:
    """A new picture with its stored files; it waits until the crew has looked at it.

    Refuses `removed` and `not_allowed` (403), `too_long` (400), and what `refuse_early` refuses.
    """
    caption = clean_caption(caption)
    still(event, sender, "send_pictures")
    refuse_early(event, sender)
    picture = Picture.objects.create(
        event=event,
        author=sender if isinstance(sender, Attendee) else None,
        author_crew=sender if isinstance(sender, Crew) else None,
        author_name=sender.shown_name if isinstance(sender, Attendee) else sender.name,
        signed=signed,
        caption=caption,
        width=redrawn.width,
        height=redrawn.height,
        large=names["large"],
        small=names["small"],
        state=State.PENDING,
        sent_at=clock.now(),
    )
    acted(event, sender, "send_picture", picture=picture.public_id)
    tell("picture.sent", event, [picture])
    return picture


@transaction.atomic
def delete(event: Event, sender: Attendee | Crew, picture_id: str) -> None:
    """Files and words are gone, in every state. Twice is once; refuses `not_here` (404): also somebody else's."""
    still(event, sender, "send_pictures")
    own = {"author": sender} if isinstance(sender, Attendee) else {"author_crew": sender}
    picture = queries.find(event, picture_id, **own)
    if picture.state == State.DELETED:
        return
    files.remove_after_commit([picture])
    picture.state, picture.caption, picture.words, picture.reason = State.DELETED, "", "", ""
    picture.large = picture.small = ""
    picture.save()
    acted(event, sender, "delete_picture", picture=picture.public_id)
    tell("picture.deleted", event, [picture])


def clean_caption(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        with beside("caption"):
            return clean_line(typed, CAPTION_GRAPHEMES)
    except Refusal as no:
        if no.code == "empty":
            return ""
        raise


def sent_by(pictures: QuerySet[Picture], sender: Attendee | Crew) -> QuerySet[Picture]:
    return pictures.filter(author=sender) if isinstance(sender, Attendee) else pictures.filter(author_crew=sender)


def tell(because: str, event: Event, pictures: list[Picture]) -> None:
    """Each picture to whom it concerns; last in a write's transaction."""
    told = queries.picture_documents(event, pictures)
    publish.publish_each(because, {stream: keyed for stream, keyed in told.items() if keyed})
