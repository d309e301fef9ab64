"""What people do at an event, one sentence each; nothing else in this app writes or publishes."""

from .attending import come_back, edit, forget, join, leave, remove
from .crewing import (
    add_crew,
    change_role,
    leave_crew,
    new_sign_in_address,
    renew_stage_link,
    revoke,
    take_in,
    take_off,
)
from .editing import edit_programme, edited_programme
from .erasing import bury, erase_due, erase_event, turn_day
from .moving import move, undo
from .programming import copy_for_rehearsal, create_event, duplicate, host_event, programme_of, replace_programme
from .shelving import archive, set_listed, unarchive

__all__ = [
    "add_crew",
    "archive",
    "bury",
    "change_role",
    "come_back",
    "copy_for_rehearsal",
    "create_event",
    "duplicate",
    "edit",
    "edit_programme",
    "edited_programme",
    "erase_due",
    "erase_event",
    "forget",
    "host_event",
    "join",
    "leave",
    "leave_crew",
    "move",
    "new_sign_in_address",
    "programme_of",
    "remove",
    "renew_stage_link",
    "replace_programme",
    "revoke",
    "set_listed",
    "take_in",
    "take_off",
    "turn_day",
    "unarchive",
    "undo",
]
