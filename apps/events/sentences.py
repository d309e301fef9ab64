"""The sentences of this app's refusals: one for each code of the rules, and who was faster with what."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.refusal import Refusal

from .models import Crew, Move
from .programme import BadProgramme
from .rules import Impossible, Verb

IMPOSSIBLE = {
    "no_programme": gettext_lazy("This event has no programme yet."),
    "not_started": gettext_lazy("The event has not started yet."),
    "ended": gettext_lazy("This event has ended."),
    "first_segment": gettext_lazy("This is the first segment."),
    "last_segment": gettext_lazy("This is the last segment. End the event when you are ready."),
    "unknown_segment": gettext_lazy("This segment is not in the programme."),
    "no_prompts": gettext_lazy("This segment has no prompts."),
    "first_prompt": gettext_lazy("This is the first prompt."),
    "last_prompt": gettext_lazy("This is the last prompt."),
    "unknown_prompt": gettext_lazy("This prompt is not in the current segment."),
    "unknown_minutes": gettext_lazy("Please add or take away 1 to 60 minutes."),
    "no_time_left": gettext_lazy("There is no time left to take away."),
}

FASTER = {
    Verb.START: gettext_lazy("%(who)s started the event first."),
    Verb.NEXT: gettext_lazy("%(who)s moved on to %(segment)s first."),
    Verb.BACK: gettext_lazy("%(who)s moved back to %(segment)s first."),
    Verb.ENTER: gettext_lazy("%(who)s moved to %(segment)s first."),
    Verb.NEXT_PROMPT: gettext_lazy("%(who)s showed the next prompt first."),
    Verb.PREVIOUS_PROMPT: gettext_lazy("%(who)s showed the previous prompt first."),
    Verb.SHOW_PROMPT: gettext_lazy("%(who)s showed another prompt first."),
    Verb.ADD_MINUTES: gettext_lazy("%(who)s changed the time first."),
    Verb.PAUSE: gettext_lazy("%(who)s paused the clock first."),
    Verb.RESUME: gettext_lazy("%(who)s resumed the clock first."),
    Verb.BLANK: gettext_lazy("%(who)s blanked the screens first."),
    Verb.UNBLANK: gettext_lazy("%(who)s showed the screens again first."),
    Verb.OPEN_JOINING: gettext_lazy("%(who)s opened the door first."),
    Verb.CLOSE_JOINING: gettext_lazy("%(who)s closed the door first."),
    Verb.END: gettext_lazy("%(who)s ended the event first."),
}


def impossible(no: Impossible) -> Refusal:
    return Refusal(no.code, str(IMPOSSIBLE[no.code]), status=404 if no.code.startswith("unknown_") else 409)


def somebody_faster(move: Move | None, segment_title: str, asker: Crew) -> Refusal:
    """Who did what first: `move` is the latest one, `segment_title` that of the segment it led to."""
    if move is None:
        return Refusal("somebody_faster", _("The event has moved on. Please look again."))
    if move.undone_at:
        sentence = _("%(who)s took back the last move first.") % {"who": named(move.undone_by, asker)}
    else:
        sentence = str(FASTER[Verb(move.verb)]) % {"who": named(move.by, asker), "segment": segment_title}
    return Refusal("somebody_faster", sentence)


def named(member: Crew | None, asker: Crew) -> str:
    if member is None:
        return _("Somebody")
    return _("You") if member.pk == asker.pk else member.name


def bad_programme(bad: BadProgramme) -> Refusal:
    """Each fault beside the key that it is about, such as `segments[0].minutes`, or beside `file`."""
    fields: dict[str, list[str]] = {}
    for key, reason in bad.faults:
        fields.setdefault(key or "file", []).append(reason)
    return Refusal("bad_programme", _("Something in this programme is not right."), status=400, fields=fields)


def edited_meanwhile(editor: Crew | None, asker: Crew) -> Refusal:
    sentence = _("%(who)s saved another version of the programme meanwhile.")
    return Refusal("edited_meanwhile", sentence % {"who": named(editor, asker)})


def edited_first(editor: Crew | None, asker: Crew) -> Refusal:
    return Refusal("somebody_faster", _("%(who)s edited the programme first.") % {"who": named(editor, asker)})
