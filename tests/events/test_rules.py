"""The rules of moving on, walked at random: whatever is pressed, *now* stays whole and undo is exact."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from apps.events.rules import MOST_MINUTES, Impossible, Planned, Press, State, Stay, Verb, press, undo

NOON = datetime(2026, 5, 11, 12, tzinfo=UTC)
PROGRAMME = [
    Planned("ice", 30, ["q1", "q2", "q3"]),
    Planned("mic", 20),
    Planned("end", 0, ["last"]),
]


def walk(*presses: Press, state: State | None = None, at: datetime = NOON) -> State:
    state = state or State()
    for one in presses:
        state = press(state, PROGRAMME, one, at)
    return state


def refused(wanted: Press, state: State, at: datetime = NOON) -> str:
    with pytest.raises(Impossible) as no:
        press(state, PROGRAMME, wanted, at)
    return no.value.code


START, NEXT, BACK, END = (Press(verb) for verb in (Verb.START, Verb.NEXT, Verb.BACK, Verb.END))
LIVE = walk(START)


def test_the_start_enters_the_first_segment_with_its_first_prompt() -> None:
    assert (
        State(
            step=1,
            started_at=NOON,
            segment="ice",
            prompt="q1",
            entered_at=NOON,
            ends_at=NOON + timedelta(minutes=30),
            prompt_shown_at=NOON,
            timeline={"ice": Stay(NOON)},
        )
        == LIVE
    )


def test_moving_on_keeps_the_actual_times() -> None:
    later = NOON + timedelta(minutes=33)
    state = walk(NEXT, state=LIVE, at=later)
    assert state.timeline == {"ice": Stay(NOON, later), "mic": Stay(later)}
    assert (state.segment, state.prompt, state.prompt_shown_at) == ("mic", None, None)


def test_a_segment_without_minutes_has_no_countdown() -> None:
    state = walk(NEXT, NEXT, state=LIVE)
    assert (state.segment, state.ends_at, state.prompt) == ("end", None, "last")


@pytest.mark.parametrize(
    ("wanted", "state", "code"),
    [
        (NEXT, State(), "not_started"),
        (END, State(), "not_started"),
        (Press(Verb.ENTER, segment="mic"), State(), "not_started"),
        (Press(Verb.PAUSE), State(), "not_started"),
        (BACK, LIVE, "first_segment"),
        (NEXT, walk(NEXT, NEXT, state=LIVE), "last_segment"),
        (Press(Verb.ENTER, segment="lunch"), LIVE, "unknown_segment"),
        (Press(Verb.PREVIOUS_PROMPT), LIVE, "first_prompt"),
        (Press(Verb.NEXT_PROMPT), walk(Press(Verb.NEXT_PROMPT), Press(Verb.NEXT_PROMPT), state=LIVE), "last_prompt"),
        (Press(Verb.NEXT_PROMPT), walk(NEXT, state=LIVE), "no_prompts"),
        (Press(Verb.SHOW_PROMPT, prompt="last"), LIVE, "unknown_prompt"),
        (Press(Verb.ADD_MINUTES, minutes=0), LIVE, "unknown_minutes"),
        (Press(Verb.ADD_MINUTES, minutes=MOST_MINUTES + 1), LIVE, "unknown_minutes"),
        (Press(Verb.ADD_MINUTES, minutes=-1), walk(NEXT, NEXT, state=LIVE), "no_time_left"),
        (START, walk(END, state=LIVE), "ended"),
        (NEXT, walk(END, state=LIVE), "ended"),
        (Press(Verb.OPEN_JOINING), walk(END, state=LIVE), "ended"),
    ],
)
def test_what_cannot_be_says_why(wanted: Press, state: State, code: str) -> None:
    assert refused(wanted, state) == code


def test_an_empty_programme_cannot_start() -> None:
    with pytest.raises(Impossible) as no:
        press(State(), [], START, NOON)
    assert no.value.code == "no_programme"


@pytest.mark.parametrize(
    "wanted",
    [
        START,
        Press(Verb.ENTER, segment="ice"),
        Press(Verb.SHOW_PROMPT, prompt="q1"),
        Press(Verb.RESUME),
        Press(Verb.UNBLANK),
        Press(Verb.OPEN_JOINING),
    ],
)
def test_what_is_so_already_stays_the_very_same(wanted: Press) -> None:
    assert press(LIVE, PROGRAMME, wanted, NOON + timedelta(minutes=1)) is LIVE


def test_a_pause_stops_the_clock_and_moves_the_end() -> None:
    paused = walk(Press(Verb.PAUSE), state=LIVE, at=NOON + timedelta(minutes=10))
    assert paused.ends_at == LIVE.ends_at
    resumed = walk(Press(Verb.RESUME), state=paused, at=NOON + timedelta(minutes=17))
    assert (resumed.paused_at, resumed.ends_at) == (None, NOON + timedelta(minutes=37))


def test_more_minutes_after_an_overrun_count_from_now() -> None:
    late = NOON + timedelta(minutes=40)
    state = walk(Press(Verb.ADD_MINUTES, minutes=5), state=LIVE, at=late)
    assert state.ends_at == late + timedelta(minutes=5)


def test_fewer_minutes_never_end_before_now() -> None:
    at = NOON + timedelta(minutes=28)
    state = walk(Press(Verb.ADD_MINUTES, minutes=-5), state=LIVE, at=at)
    assert state.ends_at == at


def test_an_event_ended_by_mistake_goes_on_by_entering_a_segment() -> None:
    ended = walk(END, state=LIVE)
    assert (ended.segment, ended.prompt, ended.ends_at, ended.is_live) == (None, None, None, False)
    again = walk(Press(Verb.ENTER, segment="mic"), state=ended)
    assert (again.segment, again.is_live, again.started_at) == ("mic", True, NOON)


PRESSES = st.one_of(
    st.builds(Press, st.sampled_from([verb for verb in Verb if verb is not Verb.END])),
    st.builds(Press, st.just(Verb.ENTER), segment=st.sampled_from(["ice", "mic", "end", "lunch"])),
    st.builds(Press, st.just(Verb.SHOW_PROMPT), prompt=st.sampled_from(["q1", "q2", "q3", "last", "none"])),
    st.builds(Press, st.just(Verb.ADD_MINUTES), minutes=st.integers(-70, 70)),
    st.just(END),
)


class Evening(RuleBasedStateMachine):
    """Presses and undos at random instants, clocks that stand still included."""

    @initialize()
    def begin(self) -> None:
        self.at = NOON
        self.state = State()
        self.before: State | None = None

    @rule(wanted=PRESSES, seconds=st.floats(0, 3000))
    def presses(self, wanted: Press, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        was = self.state
        try:
            after = press(was, PROGRAMME, wanted, self.at)
        except Impossible:
            return
        if after is was:
            return
        assert after.step == was.step + 1
        if wanted.verb in (Verb.PAUSE, Verb.BLANK, Verb.UNBLANK, Verb.OPEN_JOINING, Verb.CLOSE_JOINING):
            assert (after.segment, after.prompt, after.ends_at) == (was.segment, was.prompt, was.ends_at)
        if wanted.verb is Verb.RESUME and was.ends_at and was.paused_at:
            assert after.ends_at is not None
            assert after.ends_at - self.at == was.ends_at - was.paused_at
        self.state, self.before = after, was

    @precondition(lambda self: self.before is not None)
    @rule()
    def takes_back(self) -> None:
        assert self.before is not None
        step = self.state.step
        self.state = undo(self.state, self.before)
        assert self.state.step == step + 1
        assert all(
            getattr(self.state, name) == getattr(self.before, name) for name in State.__slots__ if name != "step"
        )
        self.before = None

    @invariant()
    def now_is_whole(self) -> None:
        state = self.state
        assert state.is_live == (state.segment is not None)
        assert (state.segment is None) == (state.entered_at is None)
        assert (state.prompt is None) == (state.prompt_shown_at is None)
        if state.segment is None:
            assert (state.prompt, state.ends_at, state.paused_at) == (None, None, None)
        if state.ended_at:
            assert state.started_at is not None

    @invariant()
    def at_most_one_segment_is_current(self) -> None:
        open_stays = [name for name, stay in self.state.timeline.items() if stay.left_at is None]
        assert open_stays == ([self.state.segment] if self.state.segment else [])
        assert all(stay.left_at is None or stay.left_at >= stay.entered_at for stay in self.state.timeline.values())

    @invariant()
    def the_prompt_belongs_to_the_segment(self) -> None:
        prompts = {segment.id: segment.prompts for segment in PROGRAMME}
        assert self.state.prompt is None or self.state.prompt in prompts[self.state.segment or ""]


TestEvening = Evening.TestCase
TestEvening.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_a_clock_that_steps_back_breaks_nothing() -> None:
    state = walk(NEXT, state=LIVE, at=NOON - timedelta(hours=1))
    assert state.timeline == {"ice": Stay(NOON, NOON), "mic": Stay(NOON)}
