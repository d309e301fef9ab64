"""All writes about pictures: who may is decided before, in `api.py`; here it happens, once, or is refused."""

from .deciding import decide, undo
from .leaving import erase, erase_event, follow_language, rename, take_down_all
from .sending import delete, refuse_early, send

__all__ = [
    "decide",
    "delete",
    "erase",
    "erase_event",
    "follow_language",
    "refuse_early",
    "rename",
    "send",
    "take_down_all",
    "undo",
]
