"""All writes of the icebreaker: who may is decided before, in `api.py`; here it happens, once, or is refused."""

from .attending import absent, erase, found, join_in, know, sit_out, unknow
from .opening import close_round, open_round, undo_round
from .settling import settle, swap, tick
from .telling import follow_prompts, tell_names

__all__ = [
    "absent",
    "close_round",
    "erase",
    "follow_prompts",
    "found",
    "join_in",
    "know",
    "open_round",
    "settle",
    "sit_out",
    "swap",
    "tell_names",
    "tick",
    "undo_round",
    "unknow",
]
