"""What happens at a wall, in few words, and what its streams tell of it."""

from typing import Any

from apps.live import streams
from apps.tips import actions
from apps.tips.models import Tip
from apps.tips.moderation import Verb
from tests.events.conftest import Social
from tests.events.told import stored


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
