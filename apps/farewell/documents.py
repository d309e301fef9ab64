"""What a person is told of somebody they met: with the line of the other only while both have offered theirs."""

from typing import Any, TypeAlias

from apps.core.clock import iso

from .models import Contact
from .rules import Side, seen

Document: TypeAlias = dict[str, Any]


def contact(mine: Contact, theirs: Side) -> Document:
    told = seen(mine.side, theirs)
    return {
        "id": mine.to.public_id,
        "name": mine.to.shown_name,
        "met_at": iso(mine.met_at),
        "state": told.state.value,
        "mine": told.mine,
        "theirs": told.theirs,
        "lapsed": told.lapsed,
    }
