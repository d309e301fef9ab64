"""The whole founding evening, over: what may be taken home of it, and beside each a canary that may not."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from PIL import Image

from apps.bowl import actions as bowl
from apps.core.reencoding import Redrawn, redraw
from apps.events.models import Attendee
from apps.events.queries import segments_of
from apps.farewell import actions as farewell
from apps.matching import actions as matching
from apps.pictures import actions as pictures
from apps.pictures import files
from apps.pictures.models import Picture
from apps.pictures.rules import Verb as PictureVerb
from apps.tips import actions as tips
from apps.tips.models import Tip
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Clock, Social, arrive, browser, elsewhere, founding, moment, social

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]

Open = Callable[..., Browser]

# Nobody may read these who could not before: each is typed into a place that a keepsake must not look at.
CANARIES = {
    "pending tip": "canary-pending",
    "declined tip": "canary-declined",
    "tip taken down": "canary-down",
    "tip withdrawn": "canary-withdrawn",
    "offer that was not answered": "canary-offer",
    "name never called": "canary-uncalled",
    "teaser": "canary-teaser",
    "title that was not agreed to": "canary-title",
    "caption of a pending picture": "canary-caption",
    "how to spot somebody": "canary-spot",
    "covered wall": "canary-covered",
}


@dataclass
class Evening(Social):
    cleo: Attendee
    dan: Attendee
    wall: str
    tips: dict[str, Tip]
    picture: Picture


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def evening(moment: Clock, media: None, social: Social) -> Evening:
    """Ada met Ben (they swapped contacts) and Cleo (who did not answer); Dan came late. It is over."""
    event = social.event
    cleo = arrive(event, "device-of-cleo", name="Cleo", spot=CANARIES["how to spot somebody"])
    _icebreaker, success, _horror, wall, _closing = (one.public_id for one in segments_of(event))
    social.press("start")
    matching.open_round(event, by=social.hana, after=0, smallest=2, largest=3)
    for one in (social.ada, social.ben, cleo):
        matching.found(event, one)
    farewell.offer(event, social.ada, social.ben.public_id, "ada@example.org")
    farewell.offer(event, social.ben, social.ada.public_id, "ben@example.org")
    farewell.offer(event, social.ada, cleo.public_id, CANARIES["offer that was not answered"])
    dan = arrive(event, "device-of-dan", name="Dan", remote=True)

    moment.advance(minutes=30)
    social.press("enter", segment=success)
    tell_story(social, success, social.ada)
    bowl.give_title(event, success, social.ada, "How a typo made us friends")
    tell_story(social, success, social.ben)
    bowl.give_title(event, success, social.ben, CANARIES["title that was not agreed to"])
    bowl.take_title_back(event, success, social.ben)
    bowl.put_in_for(event, success, name=CANARIES["name never called"], teaser=CANARIES["teaser"])

    moment.advance(minutes=20)
    social.press("enter", segment=wall)
    written = write_tips(social, wall, moment)
    picture = send_pictures(social)
    moment.advance(minutes=20)
    social.press("end")
    return Evening(event, social.hana, social.mo, social.ada, social.ben, cleo, dan, wall, written, picture)


def tell_story(social: Social, segment: str, attendee: Attendee) -> None:
    bowl.put_in(social.event, segment, attendee)
    number = social.event.segments.get(public_id=segment).bowl.draws.count() + 1
    bowl.draw(social.event, segment, by=social.hana, after=number - 1)
    bowl.start_turn(social.event, segment, number)
    bowl.end_turn(social.event, segment, number)


def write_tips(social: Social, wall: str, moment: Clock) -> dict[str, Tip]:
    """Ada's are signed, Ben's are not; they wait 10, 20, 30 … seconds to be decided on."""
    event, written = social.event, {}

    def write(key: str, author: Attendee, text: str, verb: Verb | None, **more: Any) -> None:
        tip = written[key] = tips.write(event, wall, author, text=text, signed=author == social.ada)
        moment.advance(seconds=10 * len(written))
        if verb:
            tips.decide(event, wall, tip.public_id, by=social.mo, verb=verb, **more)

    write("signed", social.ada, "Write *down* what <b>you</b> agreed on", Verb.APPROVE)
    write("unsigned", social.ben, "=Say thank you", Verb.APPROVE)
    write("declined", social.ada, CANARIES["declined tip"], Verb.DECLINE, reason="off_topic")
    write("down", social.ben, CANARIES["tip taken down"], Verb.APPROVE)
    tips.decide(event, wall, written["down"].public_id, by=social.mo, verb=Verb.TAKE_DOWN)
    write("withdrawn", social.ada, CANARIES["tip withdrawn"], None)
    tips.withdraw(event, wall, social.ada, written["withdrawn"].public_id)
    write("pending", social.ada, CANARIES["pending tip"], None)
    tips.add_theme(event, wall, name="Words & deeds", tips=[written["signed"].public_id])
    return written


@cache
def redrawn() -> Redrawn:
    """In a child process, as ever; once for all evenings."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "#c8553d").save(drawn, "PNG")
    return redraw(drawn.getvalue())


def send_pictures(social: Social) -> Picture:
    """Ada's is on the wall, Ben's waits."""

    def send(sender: Attendee, caption: str) -> Picture:
        names = files.store(redrawn())
        return pictures.send(social.event, sender, redrawn=redrawn(), names=names, caption=caption, signed=True)

    shown = send(social.ada, "The three of us")
    pictures.decide(social.event, shown.public_id, verb=PictureVerb.APPROVE, by=social.mo)
    send(social.ben, CANARIES["caption of a pending picture"])
    return shown


async def pieces_of(answer: Any) -> bytes:
    return b"".join([piece async for piece in answer.streaming_content])


def content(answer: Any) -> bytes:
    """The body of an answer, sent in pieces or not."""
    return async_to_sync(pieces_of)(answer) if answer.streaming else answer.content


def seen_in(text: str) -> list[str]:
    return [place for place, canary in CANARIES.items() if canary in text]
