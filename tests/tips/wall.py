"""What happens at a wall, in few words, and what its streams tell of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apps.core.refusal import Refusal
from apps.live import sources, streams
from apps.tips import actions
from apps.tips.models import Tip
from apps.tips.moderation import Verb
from tests.events.conftest import Social
from tests.events.test_refetch import stored

WRITTEN = (
    "Write down who does what before you begin",
    "Agree on authorship early and write it down",
    "Decide authorship order in the first meeting",
    "Discuss authorship before the work starts",
    "Meet every week, even for ten minutes",
    "A short weekly meeting keeps everybody going",
    "Have a weekly call and keep it short",
    "Share the code early and often",
    "Publish your code from the first day",
    "Put the code in the open from day one",
)


@pytest.fixture(autouse=True)
def said_is_true(social: Social) -> Iterator[None]:
    yield
    recomputed = sources.gather("BCDFG")
    assert {name: stored(name) for name in recomputed} == recomputed


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def public() -> dict[str, Any]:
    return stored(streams.public("BCDFG"))


def crew() -> dict[str, Any]:
    return stored(streams.crew("BCDFG"))


def mine(social: Social, tip: Tip) -> dict[str, Any] | None:
    return stored(streams.attendee("BCDFG", social.ada.public_id)).get(f"tips/{tip.public_id}")


def write(social: Social, segment: str, text: str = "Be kind", **more: Any) -> Tip:
    return actions.write(social.event, segment, more.pop("by", social.ada), text=text, **more)


def approve(social: Social, segment: str, tip: Tip, **more: Any) -> Tip:
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.APPROVE, by=more.pop("by", social.mo), **more)


def decline(social: Social, segment: str, tip: Tip, **more: Any) -> Tip:
    more = {"reason": "unclear", "by": social.mo, **more}
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.DECLINE, **more)


def take_down(social: Social, segment: str, tip: Tip) -> Tip:
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.TAKE_DOWN, by=social.mo)
