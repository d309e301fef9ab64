"""Who may do what to a tip, and the kind words that go with it. Rules without a database and without Django.

Sentences are in English, marked for translation, without placeholders; whoever shows one passes it through gettext.
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
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What can be done to a tip. `edit` is the author's, `rewrite` the crew's; `remove` happens with its author."""

    EDIT = "edit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    DECLINE = "decline"
    REWRITE = "rewrite"
    TAKE_DOWN = "take_down"
    PUT_BACK = "put_back"
    RECONSIDER = "reconsider"
    REMOVE = "remove"


class By(StrEnum):
    """Hosts and moderators are both crew."""

    AUTHOR = "author"
    CREW = "crew"


@dataclass(frozen=True, slots=True)
class Rule:
    """`by` may take a tip to the state that `becomes` names for the one it is in; other states are refused."""

    by: By
    becomes: Mapping[State, State]


def rule(by: By, **becomes: State) -> Rule:
    return Rule(by, MappingProxyType({State(before): after for before, after in becomes.items()}))


# An author who was sent back may write it anew; it waits again. What is on the wall only the crew can touch.
RULES: Mapping[Verb, Rule] = MappingProxyType(
    {
        Verb.EDIT: rule(By.AUTHOR, pending=State.PENDING, declined=State.PENDING),
        Verb.WITHDRAW: rule(By.AUTHOR, pending=State.WITHDRAWN, declined=State.WITHDRAWN),
        Verb.APPROVE: rule(By.CREW, pending=State.APPROVED),
        Verb.DECLINE: rule(By.CREW, pending=State.DECLINED),
        Verb.REWRITE: rule(By.CREW, pending=State.PENDING, approved=State.APPROVED),
        Verb.TAKE_DOWN: rule(By.CREW, approved=State.TAKEN_DOWN),
        Verb.PUT_BACK: rule(By.CREW, taken_down=State.APPROVED),
        Verb.RECONSIDER: rule(By.CREW, declined=State.PENDING),
        Verb.REMOVE: rule(By.CREW, pending=State.TAKEN_DOWN, approved=State.TAKEN_DOWN, declined=State.TAKEN_DOWN),
    }
)

# States in which everybody at the event may read the text.
SHOWN = frozenset({State.APPROVED})

UNDOABLE = frozenset({Verb.APPROVE, Verb.DECLINE, Verb.TAKE_DOWN, Verb.PUT_BACK})
# Long enough to see a slip of the thumb; the screen offers it for as long.
UNDO = timedelta(seconds=10)
# Time to read a long tip and choose a reason; renewed while the card stays open.
CLAIM = timedelta(seconds=30)
# A claim that is this young is not renewed: the press was sent twice.
SENT_TWICE = timedelta(seconds=2)

SAID_ALREADY = {
    State.PENDING: gettext_noop("This tip waits to be looked at."),
    State.APPROVED: gettext_noop("This tip is already on the wall."),
    State.DECLINED: gettext_noop("This tip has already been sent back."),
    State.TAKEN_DOWN: gettext_noop("This tip has been taken down."),
    State.WITHDRAWN: gettext_noop("Its author has withdrawn this tip."),
}


def transition(state: State, verb: Verb, by: By) -> State:
    """The state that a verb leads to; the same state when it was done before, so that doing it twice is harmless.

    Refuses `not_allowed` (403) whose verb it is not, and `somebody_faster` when the tip is in another state by now.
    """
    found = RULES[verb]
    if by != found.by:
        raise Refusal("not_allowed", gettext_noop("That is not yours to decide."), status=403)
    if state in found.becomes:
        return found.becomes[state]
    if state in found.becomes.values():
        return state
    raise Refusal("somebody_faster", SAID_ALREADY[state])


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tip was sent back: a short `label` for the crew, a `sentence` for its author."""

    label: str
    sentence: str


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "off_topic": Reason(
            gettext_noop("Off topic"),
            gettext_noop("Thank you. This one leads away from the question, so we left it off the wall."),
        ),
        "said_already": Reason(
            gettext_noop("Said already"),
            gettext_noop("Good thought. Somebody said the same a little earlier, so it is on the wall already."),
        ),
        "unclear": Reason(
            gettext_noop("Hard to understand"),
            gettext_noop("We were not sure what you meant. Could you say it in other words?"),
        ),
        "unkind": Reason(
            gettext_noop("Could hurt somebody"),
            gettext_noop("This could hurt somebody in the room. Could you say it in a kinder way?"),
        ),
        "personal": Reason(
            gettext_noop("Names or contacts"),
            gettext_noop("This names somebody or shows a private contact. Could you write it without?"),
        ),
        "advertising": Reason(
            gettext_noop("Advertising"),
            gettext_noop("The wall is for tips only, so we left out what is advertised here."),
        ),
        "other": Reason(
            gettext_noop("Another reason"),
            gettext_noop("Thank you for writing. We did not put this one on the wall."),
        ),
    }
)
TAKEN_DOWN = gettext_noop("Your tip is no longer on the wall. Ask a moderator if you would like to know more.")
EDITED = gettext_noop("A moderator changed the wording of your tip a little.")


def sentence_for(reason: str, typed: str = "") -> str:
    """What the author of a declined tip reads: the moderator's own words if any, else the sentence of the reason.

    Refuses `reason_missing` (400) for a reason that is not in the list.
    """
    if reason not in REASONS:
        raise Refusal("reason_missing", gettext_noop("Please choose a reason, the author will read it."), status=400)
    return " ".join(typed.split()) or REASONS[reason].sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log: `by_id` did `verb` at `at` and took the tip from `before` to `after`."""

    tip_id: str
    verb: Verb
    by_id: str
    at: datetime
    before: State
    after: State
    reason: str = ""


def undone(last: Decision, state: State, by_id: str, now: datetime) -> State:
    """The state that undoing the last decision on a tip gives back; undoing twice is harmless.

    Refuses `not_allowed` (403) for somebody else's decision or one that cannot be undone, `somebody_faster` when the
    tip has moved on, and `too_late_to_undo` after ten seconds.
    """
    if by_id != last.by_id or last.verb not in UNDOABLE:
        raise Refusal("not_allowed", gettext_noop("Only your own last decision can be undone."), status=403)
    if state == last.before:
        return state
    if state != last.after:
        raise Refusal("somebody_faster", SAID_ALREADY[state])
    if now - last.at > UNDO:
        raise Refusal("too_late_to_undo", gettext_noop("It is too late to undo this, but you can decide anew."))
    return last.before


@dataclass(frozen=True, slots=True)
class Claim:
    """A card that `by_id` has open until `until`, so that two moderators do not work on the same."""

    by_id: str
    until: datetime


def claimed(current: Claim | None, by_id: str, now: datetime) -> Claim:
    """A new or renewed claim. Refuses `claimed` while somebody else's runs."""
    if current is not None and current.by_id != by_id and current.until > now:
        raise Refusal("claimed", gettext_noop("Somebody else has this one open."))
    return Claim(by_id, now + CLAIM)


def require_moderation(wanted: bool, pending: int) -> None:
    """Refuses `tips_pending` when moderation would be turned off while tips wait: they would appear unread."""
    if not wanted and pending:
        raise Refusal("tips_pending", gettext_noop("Please decide about the waiting tips first."))
