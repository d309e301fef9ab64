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
    "draw_name": gettext_lazy("%(who)s drew a name."),
    "undo_draw": gettext_lazy("%(who)s took back the drawing of a name."),
    "decide_tip/approve": gettext_lazy("%(who)s approved a tip."),
    "decide_tip/decline": gettext_lazy("%(who)s sent a tip back."),
    "decide_tip/take_down": gettext_lazy("%(who)s took a tip down."),
    "decide_tip/put_back": gettext_lazy("%(who)s put a tip back on the wall."),
    "decide_tip/reconsider": gettext_lazy("%(who)s let a tip wait again."),
    "approve_tips": gettext_lazy("%(who)s approved several tips at once."),
    "reword_tip": gettext_lazy("%(who)s reworded a tip."),
    "undo_tip": gettext_lazy("%(who)s took back a decision on a tip."),
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
    "undo_picture": gettext_lazy("%(who)s took back a decision on a picture."),
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
