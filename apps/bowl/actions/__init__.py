"""All writes of the bowl: who may is decided before, in `api.py`; here it happens, once, or is refused."""

from .drawing import decide, draw, undo
from .freezing import freeze, stir
from .opening import close_bowl, forget_bowls, open_bowl, reveal_due
from .slips import erase, follow_remote, follow_stage, put_in, put_in_for, take_out, take_out_for
from .titles import give_title, strike_title, take_title_back
from .turns import accept, end_turn, extend_turn, pause_turn, resume_turn, start_turn

__all__ = [
    "accept",
    "close_bowl",
    "decide",
    "draw",
    "end_turn",
    "erase",
    "extend_turn",
    "follow_remote",
    "follow_stage",
    "forget_bowls",
    "freeze",
    "give_title",
    "open_bowl",
    "pause_turn",
    "put_in",
    "put_in_for",
    "resume_turn",
    "reveal_due",
    "start_turn",
    "stir",
    "strike_title",
    "take_out",
    "take_out_for",
    "take_title_back",
    "undo",
]
