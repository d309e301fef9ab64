"""Publishing what changed of a wall and of tips; last in a write's transaction."""

from collections.abc import Iterable

from apps.live import publish

from .. import queries
from ..models import Tip, Wall
from ..moderation import State
from .naming import names_lost


def tell(
    because: str,
    wall: Wall,
    tips: Iterable[Tip] = (),
    *,
    parts: Iterable[str] = (),
    also: queries.Documents | None = None,
) -> None:
    """Each tip to whom it concerns, these parts of the wall, and `also`. A tip that was on the wall changes its count.

    Nothing else is told: a large document goes out when it changed, and a waiting tip leaves no trace in public.
    """
    event, tips = wall.segment.event, list(tips)
    about = {*parts, "wall"} if any(tip.approved_at for tip in tips) else set(parts)
    changes: queries.Documents = {}
    for part in (
        queries.wall_documents(event.code, wall, sorted(about)),
        queries.tip_documents(event.code, event.language, tips),
        also or {},
    ):
        for stream, keyed in part.items():
            changes.setdefault(stream, {}).update(keyed)
    publish.publish_each(because, {stream: keyed for stream, keyed in changes.items() if keyed})


def changed(wall: Wall, *tips: Tip) -> tuple[str, ...]:
    """What is suggested, and counted, has to be looked at again; what left the wall is dropped at once, from names too.

    Returns the parts of the wall that are to be told.
    """
    gone = {tip.public_id for tip in tips if tip.state not in ("approved", "pending")}
    wall.suggestions_stale = True
    fields = ["suggestions_stale"]
    if gone:
        wall.suggestions, wall.votes_stale = without(wall.suggestions, gone), True
        fields += ["suggestions", "votes_stale"]
    wall.save(update_fields=fields)
    unsaid = [tip for tip in tips if tip.approved_at and (tip.state != State.APPROVED or tip.original)]
    lost = bool(unsaid) and names_lost(wall, unsaid)
    return (*(("suggestions",) if gone else ()), *(("themes",) if lost else ()))


def without(suggestions: dict, gone: set[str]) -> dict:
    """Nothing in it speaks of these tips: a group's name may be the words of its quote, so such a group goes whole."""
    return {
        "groups": [group for group in suggestions["groups"] if not gone & set(group["tips"])],
        "guesses": {tip: guesses for tip, guesses in suggestions["guesses"].items() if tip not in gone},
        "duplicates": [pair for pair in suggestions["duplicates"] if not gone & set(pair["tips"])],
    }
