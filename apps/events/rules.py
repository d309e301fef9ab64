"""What a press does to *now*: `(state, verb) -> state`, without a database and without a clock of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

UNDO_SHOWN = timedelta(seconds=5)
# A thumb that pressed in the fifth second over bad Wi-Fi has still pressed in time.
UNDO_ACCEPTED = timedelta(seconds=8)
MOST_MINUTES = 60


class Verb(StrEnum):
    START = "start"
    NEXT = "next"
    BACK = "back"
    ENTER = "enter"
    NEXT_PROMPT = "next_prompt"
    PREVIOUS_PROMPT = "previous_prompt"
    SHOW_PROMPT = "show_prompt"
    ADD_MINUTES = "add_minutes"
    PAUSE = "pause"
    RESUME = "resume"
    BLANK = "blank"
    UNBLANK = "unblank"
    OPEN_JOINING = "open_joining"
    CLOSE_JOINING = "close_joining"
    END = "end"


# Whatever somebody else pressed meanwhile, a panic is still meant: it does not ask for the step it was pressed at.
AT_ANY_STEP = frozenset({Verb.BLANK})


class Impossible(Exception):
    """The programme's or the clock's "no"; `code` finds its sentence in `sentences.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Planned:
    """One segment as the rules see it."""

    id: str
    minutes: int
    prompts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """Actual times of a segment's latest turn; `left_at` is None while it lasts."""

    entered_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All that a move may change. Remaining time is `ends_at - (paused_at or the present instant)`."""

    step: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    segment: str | None = None
    prompt: str | None = None
    entered_at: datetime | None = None
    ends_at: datetime | None = None
    prompt_shown_at: datetime | None = None
    paused_at: datetime | None = None
    blanked: bool = False
    joining_open: bool = True
    timeline: Mapping[str, Stay] = field(default_factory=dict)

    @property
    def is_live(self) -> bool:
        return self.started_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Press:
    verb: Verb
    segment: str | None = None
    prompt: str | None = None
    minutes: int | None = None


def press(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    """The state after the press, one step on; the very same state when it is so already.

    `Impossible` codes: `no_programme`, `not_started`, `ended`, `first_segment`, `last_segment`, `unknown_segment`,
    `no_prompts`, `first_prompt`, `last_prompt`, `unknown_prompt`, `unknown_minutes`, `no_time_left`.
    """
    at = max(
        [at, *(moment for stay in state.timeline.values() for moment in (stay.entered_at, stay.left_at) if moment)]
    )
    after = VERBS[wanted.verb](state, programme, wanted, at)
    return state if after == state else replace(after, step=state.step + 1)


def undo(state: State, before: State) -> State:
    """The state before the last move, exactly; only the step goes on, so that nobody's old press fits again."""
    return replace(before, step=state.step + 1)


def start(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    if state.ended_at:
        raise Impossible("ended")
    if state.started_at:
        return state
    if not programme:
        raise Impossible("no_programme")
    return entered(replace(state, started_at=at), programme[0], at)


def move_next(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    place = current_place(state, programme)
    if place + 1 == len(programme):
        raise Impossible("last_segment")
    return entered(state, programme[place + 1], at)


def move_back(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    place = current_place(state, programme)
    if place == 0:
        raise Impossible("first_segment")
    return entered(state, programme[place - 1], at)


def enter(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    # An event that was ended by mistake goes on by entering a segment again.
    if not state.started_at:
        raise Impossible("not_started")
    if wanted.segment == state.segment:
        return state
    for segment in programme:
        if segment.id == wanted.segment:
            return entered(replace(state, ended_at=None), segment, at)
    raise Impossible("unknown_segment")


def next_prompt(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    prompts, place = prompts_and_place(state, programme)
    if place + 1 >= len(prompts):
        raise Impossible("last_prompt")
    return replace(state, prompt=prompts[place + 1], prompt_shown_at=at)


def previous_prompt(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    prompts, place = prompts_and_place(state, programme)
    if place <= 0:
        raise Impossible("first_prompt")
    return replace(state, prompt=prompts[place - 1], prompt_shown_at=at)


def show_prompt(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    prompts, _place = prompts_and_place(state, programme)
    if wanted.prompt not in prompts:
        raise Impossible("unknown_prompt")
    return state if wanted.prompt == state.prompt else replace(state, prompt=wanted.prompt, prompt_shown_at=at)


def add_minutes(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    """More time counts from now when the time is over; less time never ends before now."""
    current_place(state, programme)
    if not wanted.minutes or abs(wanted.minutes) > MOST_MINUTES:
        raise Impossible("unknown_minutes")
    moment = state.paused_at or at
    is_over = state.ends_at is None or state.ends_at <= moment
    if is_over and wanted.minutes < 0:
        raise Impossible("no_time_left")
    base = moment if state.ends_at is None or is_over else state.ends_at
    return replace(state, ends_at=max(base + timedelta(minutes=wanted.minutes), moment))


def pause(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    current_place(state, programme)
    return state if state.paused_at else replace(state, paused_at=at)


def resume(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    current_place(state, programme)
    if state.paused_at is None:
        return state
    ends_at = state.ends_at and state.ends_at + max(at - state.paused_at, timedelta())
    return replace(state, paused_at=None, ends_at=ends_at)


def blank(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    return replace(state, blanked=True)


def unblank(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    return replace(state, blanked=False)


def open_joining(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    if state.ended_at:
        raise Impossible("ended")
    return replace(state, joining_open=True)


def close_joining(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    return replace(state, joining_open=False)


def end(state: State, programme: Sequence[Planned], wanted: Press, at: datetime) -> State:
    if state.ended_at:
        return state
    if not state.started_at:
        raise Impossible("not_started")
    return replace(
        left(state, at),
        ended_at=at,
        segment=None,
        prompt=None,
        entered_at=None,
        ends_at=None,
        prompt_shown_at=None,
        paused_at=None,
    )


VERBS = {
    Verb.START: start,
    Verb.NEXT: move_next,
    Verb.BACK: move_back,
    Verb.ENTER: enter,
    Verb.NEXT_PROMPT: next_prompt,
    Verb.PREVIOUS_PROMPT: previous_prompt,
    Verb.SHOW_PROMPT: show_prompt,
    Verb.ADD_MINUTES: add_minutes,
    Verb.PAUSE: pause,
    Verb.RESUME: resume,
    Verb.BLANK: blank,
    Verb.UNBLANK: unblank,
    Verb.OPEN_JOINING: open_joining,
    Verb.CLOSE_JOINING: close_joining,
    Verb.END: end,
}


def entered(state: State, segment: Planned, at: datetime) -> State:
    """A fresh clock and the first prompt; a pause ends with the segment it was pressed in."""
    there = left(state, at)
    first = segment.prompts[0] if segment.prompts else None
    return replace(
        there,
        segment=segment.id,
        entered_at=at,
        ends_at=at + timedelta(minutes=segment.minutes) if segment.minutes else None,
        paused_at=None,
        prompt=first,
        prompt_shown_at=at if first else None,
        timeline={**there.timeline, segment.id: Stay(at)},
    )


def left(state: State, at: datetime) -> State:
    if state.segment is None:
        return state
    stay = replace(state.timeline[state.segment], left_at=at)
    return replace(state, timeline={**state.timeline, state.segment: stay})


def current_place(state: State, programme: Sequence[Planned]) -> int:
    if state.ended_at:
        raise Impossible("ended")
    if not state.started_at:
        raise Impossible("not_started")
    return [segment.id for segment in programme].index(state.segment or "")


def prompts_and_place(state: State, programme: Sequence[Planned]) -> tuple[Sequence[str], int]:
    prompts = programme[current_place(state, programme)].prompts
    if not prompts:
        raise Impossible("no_prompts")
    return prompts, prompts.index(state.prompt) if state.prompt else -1
