"""What walls tell anew when the programme was edited: what stands on its words and settings, and nothing else."""

from collections.abc import Collection

from django.db.models import Q

from apps.events.models import Event
from apps.live import publish, streams

from .. import queries
from ..models import Tip, Wall
from ..moderation import State


def follow_settings(event: Event, segments: Collection[str]) -> None:
    """Of walls whose segments have other ones: the wall says how it is written on."""
    for wall in Wall.objects.select_related("segment").filter(segment__event=event, segment__public_id__in=segments):
        publish.publish_each("wall.edited", said(queries.wall_documents(event.code, wall, ["wall"])))


def follow_language(event: Event) -> None:
    """Authors are told in the event's language why a tip came back, went down or was worded anew."""
    told = Q(state=State.DECLINED, words="") | Q(state=State.TAKEN_DOWN) | ~Q(original="")
    tips = Tip.objects.select_related("author", "wall__segment").filter(told, wall__segment__event=event)
    changes: queries.Documents = {}
    for tip in tips.filter(author__removed_at=None).exclude(state=State.WITHDRAWN):
        mine = changes.setdefault(streams.attendee(event.code, tip.author.public_id), {})
        mine |= queries.own_document(tip, event.language)
    if changes:
        publish.publish_each("tip.translated", changes)


def forget_walls(event: Event, segments: Collection[str]) -> None:
    """Of removed segments, whose walls went with them: nobody had written on those."""
    if segments:
        publish.publish_each(
            "wall.removed",
            {
                streams.public(event.code): named("wall", "themes", "votes", of=segments),
                streams.crew(event.code): named("themes", "suggestions", of=segments),
            },
        )


def named(*parts: str, of: Collection[str]) -> dict[str, None]:
    return {f"{part}/{segment}": None for segment in of for part in parts}


def said(changes: queries.Documents) -> queries.Documents:
    return {stream: keyed for stream, keyed in changes.items() if keyed}
