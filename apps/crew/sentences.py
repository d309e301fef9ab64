"""What the crew did, in the reader's language: one sentence for each deed, and for each move."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.events.rules import Verb

# A deed and, where there are several of a kind, what `about` says under the key in `KINDS`.
SENTENCES = {
    "create_event": gettext_lazy("%(who)s made the event."),
    "duplicate_event": gettext_lazy("%(who)s made a copy of the event."),
    "edit_programme": gettext_lazy("%(who)s edited the programme."),
    "archive_event/True": gettext_lazy("%(who)s archived the event."),
    "archive_event/False": gettext_lazy("%(who)s took the event out of the archive."),
    "list_event/True": gettext_lazy("%(who)s put the event on the public list."),
    "list_event/False": gettext_lazy("%(who)s took the event off the public list."),
    "invite_crew/host": gettext_lazy("%(who)s invited somebody as host."),
    "invite_crew/moderator": gettext_lazy("%(who)s invited somebody as moderator."),
    "withdraw_invitation": gettext_lazy("%(who)s withdrew an invitation."),
    "join_crew/host": gettext_lazy("%(who)s accepted an invitation and is host."),
    "join_crew/moderator": gettext_lazy("%(who)s accepted an invitation and is moderator."),
    "change_role/host": gettext_lazy("%(who)s made %(whom)s host."),
    "change_role/moderator": gettext_lazy("%(who)s made %(whom)s moderator."),
    "take_off_crew": gettext_lazy("%(who)s took %(whom)s off the crew."),
    "leave_crew": gettext_lazy("%(who)s left the crew."),
    "renew_stage_link": gettext_lazy("%(who)s made a new address for the stage."),
    "remove_attendee": gettext_lazy("%(who)s removed %(whom)s from the event."),
    "open_round": gettext_lazy("%(who)s drew up groups, round %(number)s."),
    "undo_round": gettext_lazy("%(who)s took back round %(number)s."),
    "close_round": gettext_lazy("%(who)s closed round %(number)s."),
    "swap": gettext_lazy("%(who)s had two people change groups, round %(number)s."),
    "open_bowl": gettext_lazy("%(who)s opened a bowl."),
    "close_bowl": gettext_lazy("%(who)s closed a bowl."),
    "put_name_in": gettext_lazy("%(who)s put a name into the bowl."),
    "take_name_out": gettext_lazy("%(who)s took a name out of the bowl."),
    "freeze_list": gettext_lazy("%(who)s fixed the list of the next draw."),
    "draw_name": gettext_lazy("%(who)s drew a name."),
    "undo_draw": gettext_lazy("%(who)s took back the drawing of a name."),
    "accept_call": gettext_lazy("%(who)s noted that the drawn person is coming."),
    "decide_draw/passed": gettext_lazy("%(who)s noted that the drawn person passes."),
    "decide_draw/no_show": gettext_lazy("%(who)s noted that the drawn person is not here."),
    "start_turn": gettext_lazy("%(who)s started the time of a story."),
    "change_turn/paused": gettext_lazy("%(who)s paused the time of a story."),
    "change_turn/resumed": gettext_lazy("%(who)s let the time of a story run on."),
    "change_turn/extended": gettext_lazy("%(who)s gave a story more time."),
    "change_turn/ended": gettext_lazy("%(who)s ended the time of a story."),
    "strike_title": gettext_lazy("%(who)s took the title off a story."),
    "decide_tip/approve": gettext_lazy("%(who)s approved a tip."),
    "decide_tip/decline": gettext_lazy("%(who)s sent a tip back."),
    "decide_tip/take_down": gettext_lazy("%(who)s took a tip down."),
    "decide_tip/put_back": gettext_lazy("%(who)s put a tip back on the wall."),
    "decide_tip/reconsider": gettext_lazy("%(who)s let a tip wait again."),
    "approve_tips": gettext_lazy("%(who)s approved several tips at once."),
    "reword_tip": gettext_lazy("%(who)s reworded a tip."),
    "undo_tip": gettext_lazy("%(who)s took back a decision on a tip."),
    "undo_tips": gettext_lazy("%(who)s took back several decisions on tips at once."),
    "pin_tip/True": gettext_lazy("%(who)s pinned a tip."),
    "pin_tip/False": gettext_lazy("%(who)s unpinned a tip."),
    "move_tip/True": gettext_lazy("%(who)s put a tip under a theme."),
    "move_tip/False": gettext_lazy("%(who)s took a tip out of its theme."),
    "add_theme": gettext_lazy("%(who)s made a theme."),
    "edit_theme/name": gettext_lazy("%(who)s gave a theme another name."),
    "edit_theme/colour": gettext_lazy("%(who)s gave a theme another colour."),
    "edit_theme/position": gettext_lazy("%(who)s put a theme in another place."),
    "remove_theme/True": gettext_lazy("%(who)s merged two themes."),
    "remove_theme/False": gettext_lazy("%(who)s removed a theme."),
    "accept_suggestion": gettext_lazy("%(who)s accepted a suggestion for tips."),
    "refuse_suggestion": gettext_lazy("%(who)s turned down a suggestion for tips."),
    "switch_wall/revealed/True": gettext_lazy("%(who)s showed the wall."),
    "switch_wall/revealed/False": gettext_lazy("%(who)s hid the wall."),
    "switch_wall/moderated/True": gettext_lazy("%(who)s had tips wait for a look."),
    "switch_wall/moderated/False": gettext_lazy("%(who)s let tips appear without a look."),
    "switch_wall/themes_on_stage/True": gettext_lazy("%(who)s put themes on the stage."),
    "switch_wall/themes_on_stage/False": gettext_lazy("%(who)s put single tips on the stage."),
    "decide_picture/approve": gettext_lazy("%(who)s approved a picture."),
    "decide_picture/decline": gettext_lazy("%(who)s sent a picture back."),
    "decide_picture/take_down": gettext_lazy("%(who)s took a picture down."),
    "decide_picture/put_back": gettext_lazy("%(who)s put a picture back."),
    "decide_picture/reconsider": gettext_lazy("%(who)s let a picture wait again."),
    "send_picture": gettext_lazy("%(who)s sent a picture."),
    "delete_picture": gettext_lazy("%(who)s deleted a picture of their own."),
    "undo_picture": gettext_lazy("%(who)s took back a decision on a picture."),
    "share_keepsake/True": gettext_lazy("%(who)s shared the keepsake with everybody who has its link."),
    "share_keepsake/False": gettext_lazy("%(who)s stopped sharing the keepsake."),
    "renew_keepsake_link": gettext_lazy("%(who)s made a new link to the shared keepsake."),
    "export": gettext_lazy("%(who)s exported everything."),
}
KINDS = {
    "archive_event": "archived",
    "list_event": "listed",
    "invite_crew": "role",
    "join_crew": "role",
    "change_role": "role",
    "decide_tip": "verb",
    "decide_picture": "verb",
    "switch_wall": "switch",
    "decide_draw": "outcome",
    "change_turn": "how",
    "pin_tip": "pinned",
    "move_tip": "placed",
    "edit_theme": "what",
    "remove_theme": "merged",
    "share_keepsake": "shared",
}
# Of a deed that a later version wrote down.
UNKNOWN = gettext_lazy("%(who)s changed something.")

MOVES = {
    Verb.START: gettext_lazy("%(who)s started the event."),
    Verb.NEXT: gettext_lazy("%(who)s moved on to %(segment)s."),
    Verb.BACK: gettext_lazy("%(who)s moved back to %(segment)s."),
    Verb.ENTER: gettext_lazy("%(who)s moved to %(segment)s."),
    Verb.NEXT_PROMPT: gettext_lazy("%(who)s showed the next prompt."),
    Verb.PREVIOUS_PROMPT: gettext_lazy("%(who)s showed the previous prompt."),
    Verb.SHOW_PROMPT: gettext_lazy("%(who)s showed another prompt."),
    Verb.PAUSE: gettext_lazy("%(who)s paused the clock."),
    Verb.RESUME: gettext_lazy("%(who)s resumed the clock."),
    Verb.ADD_MINUTES: gettext_lazy("%(who)s changed the time."),
    Verb.BLANK: gettext_lazy("%(who)s blanked the screens."),
    Verb.UNBLANK: gettext_lazy("%(who)s showed the screens again."),
    Verb.OPEN_JOINING: gettext_lazy("%(who)s opened joining."),
    Verb.CLOSE_JOINING: gettext_lazy("%(who)s closed joining."),
    Verb.END: gettext_lazy("%(who)s ended the event."),
}


def of_deed(deed: str, about: Mapping[str, Any], *, who: str, whom: str) -> str:
    """`whom` is the name of the person it was done to, "" for one who is not known any more."""
    kind = KINDS.get(deed)
    sentence = SENTENCES.get(f"{deed}/{about.get(kind)}" if kind else deed, UNKNOWN)
    said = {"who": who or _("Somebody"), "whom": whom or _("somebody"), "number": about.get("number", "")}
    return str(sentence) % said


def of_move(verb: str, *, who: str, segment: str) -> str:
    return str(MOVES[Verb(verb)]) % {"who": who or _("Somebody"), "segment": segment}
