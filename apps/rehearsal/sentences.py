"""What the page of a rehearsal says: what happens now, each thing that failed by name, and each kind of push."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.limits import EVENTS_PER_ACCOUNT

from .faults import WHY
from .models import Rehearsal

# By name of the fault; `%(what)s` is a kind of text, a screen, or a route of the API.
FAULTS = {
    "never_came": gettext_lazy("A message never came to somebody who was connected."),
    "never_answered": gettext_lazy("A request was never answered: %(what)s"),
    "deaf_console": gettext_lazy("The console never heard of its own press."),
    "other_picture": gettext_lazy("A screen showed something else in the end than a fresh one."),
    "unsent": gettext_lazy("What somebody had typed never got an answer."),
    "nowhere": gettext_lazy("Something was saved, and is nowhere: %(what)s"),
    "two_answers": gettext_lazy("The same press had two different answers: %(what)s"),
    "twice": gettext_lazy("Something was sent once, and is there more than once: %(what)s"),
    "told": gettext_lazy("Somebody was told what was not theirs: %(what)s"),
    "crew_stream": gettext_lazy("Somebody heard what is for the crew alone."),
    "answered": gettext_lazy("Somebody could do what they must not: %(what)s"),
    "console_opened": gettext_lazy("Somebody could open the console who must not."),
    "kept": gettext_lazy("Something is kept that was taken back or refused: %(what)s"),
    "picture": gettext_lazy("A picture could not be opened, or could be opened too early."),
    "refused": gettext_lazy("Something that is allowed was refused: %(what)s"),
    "broke": gettext_lazy("The server broke over a request: %(what)s"),
    "line_refused": gettext_lazy("A live connection was refused: %(what)s"),
    "line_closed": gettext_lazy("A live connection was closed for good: %(what)s"),
    "two_nows": gettext_lazy("Two screens were not at the same place of the programme."),
    "doors": gettext_lazy("Some people could not get in in time."),
    "no_round": gettext_lazy("Groups could not be drawn up: too few people were present."),
    "person_failed": gettext_lazy("A simulated person stumbled: %(what)s"),
    "keepsake": gettext_lazy("A keepsake could not be opened."),
    "met_again": gettext_lazy("People sat together again though it could have been avoided."),
}
TEXTS = {
    "name": gettext_lazy("a name"),
    "spot": gettext_lazy("how to spot somebody"),
    "teaser": gettext_lazy("what a story is about"),
    "title": gettext_lazy("the title of a story"),
    "slip": gettext_lazy("a slip of the bowl"),
    "tip": gettext_lazy("a tip"),
    "theme": gettext_lazy("a theme"),
    "contact": gettext_lazy("a contact"),
    "caption": gettext_lazy("the words below a picture"),
    "hidden": gettext_lazy("what a camera had written into a picture"),
}
# What a server says that lets no copy be made, where a host can do something about it.
REFUSED = {
    "409 too_many_events": gettext_lazy("You host %(count)d events already. Archive or delete some of them first."),
    "409 archived": gettext_lazy("This event was archived. Nothing about it changes any more."),
    "403 not_allowed": gettext_lazy("You are not allowed to do this."),
}
PUSHES = {
    "a move": gettext_lazy("A move of the host"),
    "a round, to all": gettext_lazy("New groups, to everybody"),
    "one's own group": gettext_lazy("One's own group"),
    "a name called": gettext_lazy("A name called"),
    "a tip on the wall": gettext_lazy("A tip on the wall"),
    "a tip to moderate": gettext_lazy("A tip to moderate"),
    "a picture shown": gettext_lazy("A picture shown"),
    "a picture to moderate": gettext_lazy("A picture to moderate"),
    "a swapped contact": gettext_lazy("A contact swapped"),
}


def why(report: Mapping[str, Any]) -> str:
    """Why there is no verdict; of what nobody foresaw, its name."""
    code = str(report.get("why", ""))
    if code not in WHY:
        return code
    what = report.get("what", "")
    if what in REFUSED:
        what = REFUSED[what] % {"count": EVENTS_PER_ACCOUNT}
    return _(WHY[code]) % {"what": what}


def of_fault(fault: Mapping[str, Any]) -> str:
    what = TEXTS.get(fault["what"], fault["what"])
    return str(FAULTS[fault["name"]]) % {"what": what}


def of_push(kind: str) -> str:
    return str(PUSHES.get(kind, kind))


def doing(row: Rehearsal) -> str:
    """What happens just now."""
    if row.state == Rehearsal.State.ASKED:
        return _("It begins in a moment.")
    if row.segment < 0:
        return _("Everything is looked at once more.")
    if row.segment == 0:
        return _("People come in.")
    titles = list(row.event.segments.values_list("title", flat=True))
    return titles[row.segment - 1] if row.segment <= len(titles) else ""
