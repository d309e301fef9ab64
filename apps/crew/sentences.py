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
}
KINDS = {
    "archive_event": "archived",
    "list_event": "listed",
    "invite_crew": "role",
    "join_crew": "role",
    "change_role": "role",
}

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
    sentence = SENTENCES[f"{deed}/{about.get(kind)}" if kind else deed]
    return str(sentence) % {"who": who or _("Somebody"), "whom": whom or _("somebody")}


def of_move(verb: str, *, who: str, segment: str) -> str:
    return str(MOVES[Verb(verb)]) % {"who": who or _("Somebody"), "segment": segment}
