"""Who may do what: the whole table, so that a change of rights is always a change of this test."""

import pytest

from apps.core.refusal import Refusal
from apps.events.roles import ACTION_OF_VERB, TABLE, Role, require
from apps.events.rules import Verb


def test_the_table() -> None:
    assert {str(role): sorted(actions) for role, actions in TABLE.items()} == {
        "host": [
            "archive_event",
            "blank",
            "duplicate_event",
            "edit_programme",
            "erase_event",
            "export",
            "fill_bowl",
            "hear_crew",
            "hear_public",
            "join",
            "lead_bowl",
            "lead_rounds",
            "lead_wall",
            "leave_crew",
            "list_event",
            "moderate_pictures",
            "moderate_tips",
            "move_on",
            "name_in_report",
            "rehearse",
            "remove_attendee",
            "renew_stage_link",
            "run_crew",
            "see_crew",
            "see_keepsake",
            "see_report",
            "send_pictures",
            "share_keepsake",
            "switch_joining",
        ],
        "moderator": [
            "blank",
            "fill_bowl",
            "hear_crew",
            "hear_public",
            "join",
            "leave_crew",
            "moderate_pictures",
            "moderate_tips",
            "remove_attendee",
            "see_crew",
            "see_keepsake",
            "see_report",
            "send_pictures",
            "switch_joining",
        ],
        "attendee": [
            "be_matched",
            "edit_self",
            "forget_self",
            "hand_over",
            "hear_public",
            "join",
            "leave",
            "see_keepsake",
            "send_pictures",
            "swap_contacts",
            "take_over",
            "use_bowl",
            "use_wall",
        ],
        "stage": ["hear_public"],
        "visitor": ["join", "take_over"],
    }


def test_every_verb_needs_a_right() -> None:
    assert {str(verb): action for verb, action in ACTION_OF_VERB.items()} == {
        **dict.fromkeys(
            set(Verb) - {Verb.BLANK, Verb.UNBLANK, Verb.OPEN_JOINING, Verb.CLOSE_JOINING},
            "move_on",
        ),
        "blank": "blank",
        "unblank": "blank",
        "open_joining": "switch_joining",
        "close_joining": "switch_joining",
    }
    assert set(ACTION_OF_VERB) == set(Verb)


def test_a_missing_right_is_a_refusal() -> None:
    require(Role.HOST, "move_on")
    with pytest.raises(Refusal) as refused:
        require(Role.MODERATOR, "move_on")
    assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
