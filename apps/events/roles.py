"""Who may do what: one table, asked by the API, the pages and the socket alike."""

from enum import StrEnum

from apps.core.refusals import not_allowed

from .rules import Verb


class Role(StrEnum):
    HOST = "host"
    MODERATOR = "moderator"
    ATTENDEE = "attendee"
    STAGE = "stage"
    VISITOR = "visitor"


TABLE: dict[Role, frozenset[str]] = {
    Role.HOST: frozenset(
        {
            "join",
            "hear_public",
            "hear_crew",
            "see_crew",
            "run_crew",
            "leave_crew",
            "move_on",
            "blank",
            "switch_joining",
            "remove_attendee",
            "renew_stage_link",
            "erase_event",
            "edit_programme",
            "duplicate_event",
            "archive_event",
            "list_event",
            "lead_bowl",
            "lead_rounds",
            "fill_bowl",
            "lead_wall",
            "moderate_tips",
            "moderate_pictures",
            "send_pictures",
            "see_keepsake",
            "share_keepsake",
            "export",
            "see_report",
            "name_in_report",
            "rehearse",
        }
    ),
    Role.MODERATOR: frozenset(
        {
            "join",
            "hear_public",
            "hear_crew",
            "see_crew",
            "leave_crew",
            "blank",
            "switch_joining",
            "remove_attendee",
            "fill_bowl",
            "moderate_tips",
            "moderate_pictures",
            "send_pictures",
            "see_keepsake",
            "see_report",
        }
    ),
    Role.ATTENDEE: frozenset(
        {
            "join",
            "hear_public",
            "edit_self",
            "leave",
            "forget_self",
            "use_bowl",
            "be_matched",
            "use_wall",
            "send_pictures",
            "see_keepsake",
            "swap_contacts",
            "hand_over",
            "take_over",
        }
    ),
    Role.STAGE: frozenset({"hear_public"}),
    Role.VISITOR: frozenset({"join", "take_over"}),
}

# Of an event that was put away, the rest is for another day: it is read, taken home, taken out again or erased.
WHILE_ARCHIVED = frozenset(
    {
        "hear_public",
        "hear_crew",
        # Rights can be taken away at any time.
        "see_crew",
        "run_crew",
        "leave_crew",
        "leave",
        "forget_self",
        "erase_event",
        "duplicate_event",
        "archive_event",
        "see_keepsake",
        # It is what is left of the evening; and what was shared can be taken back.
        "share_keepsake",
        "export",
        "see_report",
        "name_in_report",
        "rehearse",
    }
)

ACTION_OF_VERB = {
    **dict.fromkeys(Verb, "move_on"),
    Verb.BLANK: "blank",
    Verb.UNBLANK: "blank",
    Verb.OPEN_JOINING: "switch_joining",
    Verb.CLOSE_JOINING: "switch_joining",
}


def may(role: Role, action: str) -> bool:
    return action in TABLE[role]


def require(role: Role, action: str) -> None:
    """Refuses `not_allowed` (403)."""
    if not may(role, action):
        raise not_allowed()
