"""All writes of the wall: who may is decided before, in `api/`; here it happens, once, or is refused."""

from .deciding import approve_all, claim, decide, pin, release, reword
from .following import follow_language, follow_settings, forget_walls
from .opening import erase, open_wall, rename, switch, take_down_all
from .suggesting import accept_group, refuse_group, refuse_guess, refuse_pair, suggest_due, suggest_soon
from .themes import add_theme, edit_theme, move_tip, remove_theme
from .undoing import undo, undo_all
from .writing import count_due, edit, take_vote_back, vote, withdraw, write

__all__ = [
    "accept_group",
    "add_theme",
    "approve_all",
    "claim",
    "count_due",
    "decide",
    "edit",
    "edit_theme",
    "erase",
    "follow_language",
    "follow_settings",
    "forget_walls",
    "move_tip",
    "open_wall",
    "pin",
    "refuse_group",
    "refuse_guess",
    "refuse_pair",
    "release",
    "remove_theme",
    "rename",
    "reword",
    "suggest_due",
    "suggest_soon",
    "switch",
    "take_down_all",
    "take_vote_back",
    "undo",
    "undo_all",
    "vote",
    "withdraw",
    "write",
]
