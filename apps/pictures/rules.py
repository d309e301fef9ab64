"""Who may do what to a picture, and the kind words that go with it. Rules without a database and without Django.

Sentences are in English, marked for translation; whoever shows one passes it through gettext.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from apps.core.refusal import Refusal, gettext_noop


class State(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    TAKEN_DOWN = "taken_down"
    DELETED = "deleted"


class Verb(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    TAKE_DOWN = "take_down"
    PUT_BACK = "put_back"
    RECONSIDER = "reconsider"


# What the crew's verb makes of the state a picture is in; other states are refused.
BECOMES: Mapping[Verb, tuple[State, State]] = MappingProxyType(
    {
        Verb.APPROVE: (State.PENDING, State.APPROVED),
        Verb.DECLINE: (State.PENDING, State.DECLINED),
        Verb.TAKE_DOWN: (State.APPROVED, State.TAKEN_DOWN),
        Verb.PUT_BACK: (State.TAKEN_DOWN, State.APPROVED),
        Verb.RECONSIDER: (State.DECLINED, State.PENDING),
    }
)
UNDOABLE = frozenset({Verb.APPROVE, Verb.DECLINE, Verb.TAKE_DOWN, Verb.PUT_BACK})
# Long enough to see a slip of the thumb; the screen offers it for as long.
UNDO = timedelta(seconds=10)

STANDS = {
    State.PENDING: gettext_noop("This picture waits to be looked at."),
    State.APPROVED: gettext_noop("This picture is shown already."),
    State.DECLINED: gettext_noop("This picture has already been sent back."),
    State.TAKEN_DOWN: gettext_noop("This picture has been taken down."),
    State.DELETED: gettext_noop("Whoever sent this picture has deleted it."),
}
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "agreement": gettext_noop("Thank you. We were not sure that everybody in it agrees, so we did not show it."),
        "unclear": gettext_noop("Thank you. It is hard to make out on a screen. Do you have another one?"),
        "unkind": gettext_noop("This could hurt somebody in the room, so we did not show it."),
        "elsewhere": gettext_noop("Thank you. Here we show pictures of this event only."),
        "other": gettext_noop("Thank you for sending it. We did not show this one."),
    }
)
TAKEN_DOWN = gettext_noop("Your picture is no longer shown. Ask a moderator if you would like to know more.")


def transition(state: State, verb: Verb) -> State:
    """The state that a verb leads to; the same state when it was done before, so that doing it twice is harmless.

    Refuses `somebody_faster` when the picture is in another state by now.
    """
    before, after = BECOMES[verb]
    if state not in (before, after):
        raise Refusal("somebody_faster", STANDS[state])
    return after


def sentence_for(reason: str, typed: str = "") -> str:
    """What whoever sent a declined picture reads: the moderator's words if any, else the sentence of the reason.

    Refuses `reason_missing` (400) for a reason that is not in the list.
    """
    if reason not in REASONS:
        sentence = gettext_noop("Please choose a reason, whoever sent it will read it.")
        raise Refusal("reason_missing", sentence, status=400)
    return " ".join(typed.split()) or REASONS[reason]


@dataclass(frozen=True, slots=True)
class Decision:
    """The last one on a picture: `by_id` did `verb` at `at`, when it was in the state `before`."""

    verb: Verb
    by_id: str
    at: datetime
    before: State


def undone(last: Decision, state: State, by_id: str, now: datetime) -> State:
    """The state that undoing the last decision gives back; undoing twice is harmless.

    Refuses `not_allowed` (403) for somebody else's decision or one that cannot be undone, `somebody_faster` when the
    picture has moved on, and `too_late_to_undo` after ten seconds.
    """
    if by_id != last.by_id or last.verb not in UNDOABLE:
        raise Refusal("not_allowed", gettext_noop("Only your own last decision can be undone."), status=403)
    if state == last.before:
        return state
    if state != BECOMES[last.verb][1]:
        raise Refusal("somebody_faster", STANDS[state])
    if now - last.at > UNDO:
        raise Refusal("too_late_to_undo", gettext_noop("It is too late to undo this, but you can decide anew."))
    return last.before
