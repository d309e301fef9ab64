"""Three events that are alike, in the middle of their evening, and nine askers. The words of the tables stand for
what is there: `world.own["APPROVED"]` is the id of an approved tip at the event that is asked.
"""

import dataclasses
import io
import re
from collections.abc import Callable
from datetime import date
from functools import cache

import orjson
from django.conf import settings
from PIL import Image

from apps.bowl import actions as bowl
from apps.bowl.models import Slip
from apps.core.codes import new_id
from apps.core.reencoding import Redrawn, redraw
from apps.crew import actions as crew
from apps.events import actions as events
from apps.events import logo, stage
from apps.events.models import Crew, Event, Logo
from apps.events.programme import Programme
from apps.events.queries import segment_of, segments_of
from apps.farewell import actions as farewell
from apps.handover import actions as handover
from apps.handover.queries import words_of
from apps.keepsake import actions as keepsake
from apps.live import streams
from apps.matching import actions as matching
from apps.pictures import actions as pictures
from apps.pictures import files
from apps.pictures.rules import Verb as PictureVerb
from apps.rehearsal import running as rehearsal
from apps.tips import actions as tips
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Clock, Social, arrive, gathering
from tests.events.told import stored

WHO = (
    "anonymous",
    "attendee",
    "attendee elsewhere",
    "removed attendee",
    "moderator",
    "moderator elsewhere",
    "revoked moderator",
    "host",
    "stage",
)
# What it is to be somebody of one event when another one is asked: a device that has not joined, an account without
# a role, or nobody at all.
AT_ANOTHER_EVENT = {
    "anonymous": "anonymous",
    "attendee": "attendee elsewhere",
    "attendee elsewhere": "attendee elsewhere",
    "removed attendee": "attendee elsewhere",
    "moderator": "moderator elsewhere",
    "moderator elsewhere": "moderator elsewhere",
    "revoked moderator": "moderator elsewhere",
    "host": "moderator elsewhere",
    "stage": "anonymous",
}
TEXTS = ("Meet every week", "A weekly meeting", "A short weekly meeting", "Share code early", "Share code", "Code")


@dataclasses.dataclass
class World:
    own: dict[str, str]
    other: dict[str, str]
    browsers: dict[str, Browser]
    # The query that a stage adds to whatever it asks for.
    stage_token: str
    # What a table calls `@state`: done at the asked event before the question.
    states: dict[str, Callable[[], object]]

    def missing(self, word: str) -> str:
        """Something of the same shape that was never there."""
        shapes = {
            "CODE": "QQQQQ",
            "DRAW": "77",
            "STAGE": stage.SIGNER.sign("QQQQQ.0h2k4m6p8r0t"),
            "SHARED": "x" * 32,
            "INVITED": "x" * 64,
            "HANDOVER": "no such words",
            "PROGRAMME": re.sub(r'"id":"\w{12}"', lambda _found: f'"id":"{new_id()}"', self.own["PROGRAMME"]),
        }
        return shapes.get(word) or new_id()


def world(founding: Programme, clock: Clock) -> World:
    """Everything is there at the event that is asked (BCDFG) and at another one (XXXXX), where no asker belongs;
    those from elsewhere belong to a third (ZZZZZ)."""
    here, there = gathering("BCDFG", founding), people_of("XXXXX", founding)
    third = people_of("ZZZZZ", founding)
    own, other = in_full_swing(here, "here", clock), in_full_swing(there, "there", clock)
    # A second draw there, and none here: numbers are counted by each bowl.
    bowl.decide(there.event, other["BOWL"], 1, "passed", keep=False)
    other["DRAW"] = str(bowl.draw(there.event, other["BOWL"], by=there.hana, after=1).number)
    rhea = events.join(here.event, "device-of-rhea", name="Rhea")[0]
    events.remove(here.event, rhea.public_id)
    rob = events.add_crew(here.event, "Rob", "moderator")
    events.revoke(rob)
    max_ = events.add_crew(third.event, "Max", "moderator")
    events.join(third.event, "device-of-zoe", name="Zoe")
    # These are rights by themselves, whoever holds them and asks with whatever cookies. Another one is one that was
    # recalled, or that opens something else.
    other |= {"STAGE": recalled(here), "SHARED": renewed(here.event)}
    own |= {"STAGE": stage.token(here.fresh()), "SHARED": keepsake.share(here.event).token, "INVITED": "1" * 64}
    other["INVITED"] = own["SHARED"]
    own["INVITATION"] = crew.invite(here.event, role="moderator", token=own["INVITED"], by=here.hana).public_id
    other["INVITATION"] = crew.invite(there.event, role="moderator", token="2" * 64, by=there.hana).public_id
    event, segment = here.event, own["BOWL"]
    return World(
        own,
        other,
        browsers={
            "anonymous": opened(),
            "attendee": opened(device="device-of-ada"),
            "attendee elsewhere": opened(device="device-of-zoe"),
            "removed attendee": opened(device="device-of-rhea"),
            "moderator": opened(member=here.mo),
            "moderator elsewhere": opened(member=max_),
            "revoked moderator": opened(member=rob),
            "host": opened(member=here.hana),
            "stage": opened(),
        },
        stage_token=own["STAGE"],
        states={
            "@icebreaker": lambda: here.press("enter", segment=own["ICEBREAKER"]),
            "@offered": lambda: handover.offer(event, here.ada, answers_of=""),
            "@known": lambda: matching.know(event, here.ada, own["BESIDE"]),
            "@ended": lambda: here.press("end"),
            "@rehearsed": lambda: rehearsal.start(event, by=here.hana, people=12, speed=100, among_people=True),
            "@stopped": lambda: (
                rehearsal.start(event, by=here.hana, people=12, speed=100, among_people=True),
                rehearsal.stop(event, by=here.hana),
            ),
            "@matched": lambda: (
                here.press("enter", segment=own["ICEBREAKER"]),
                matching.open_round(event, by=here.hana, after=1, again=True),
            ),
            "@speaking": lambda: bowl.start_turn(event, segment, 1),
            "@called off": lambda: bowl.decide(event, segment, 1, "passed", keep=False),
            "@told": lambda: (bowl.start_turn(event, segment, 1), bowl.end_turn(event, segment, 1)),
            "@frozen": lambda: (
                bowl.decide(event, segment, 1, "passed", keep=True),
                bowl.freeze(event, segment, after=1),
            ),
            "@passed": lambda: bowl.decide(event, segment, 1, "passed", keep=True),
            "@paused": lambda: (bowl.start_turn(event, segment, 1), bowl.pause_turn(event, segment, 1)),
            "@closed": lambda: bowl.close_bowl(event, segment_of(event, segment, "open_mic")),
            "@titled": lambda: Slip.objects.filter(public_id=own["SLIP"]).update(title="The merge"),
            "@open": lambda: event.rounds.filter(public_id=own["ROUND"]).update(closed_at=None),
            "@pinned": lambda: tips.pin(event, own["WALL"], own["APPROVED"], pinned=True),
            "@claimed": lambda: tips.claim(event, own["WALL"], own["PENDING"], by=here.mo),
            "@listed": lambda: events.set_listed(event, True, by=here.hana),
            "@archived": lambda: (here.press("end"), events.archive(event, by=here.hana)),
            "@unshared": lambda: keepsake.stop_sharing(event),
        },
    )


def people_of(code: str, founding: Programme) -> Social:
    """Nobody of them is anybody at another event."""
    event = events.create_event(founding, code)
    return Social(
        event=event,
        hana=events.add_crew(event, f"Hana of {code}", "host"),
        mo=events.add_crew(event, f"Mo of {code}", "moderator"),
        ada=arrive(event, f"ada-of-{code}", name="Ada"),
        ben=arrive(event, f"ben-of-{code}", name="Ben"),
    )


def in_full_swing(social: Social, where: str, clock: Clock) -> dict[str, str]:
    """An evening in which something of everything is there; the words for it."""
    event = social.event
    Event.objects.filter(pk=event.pk).update(starts_on=date(2026, 5, 11), timezone="Europe/Vienna")
    drawn = logo.drawn(flag(where))
    Event.objects.filter(pk=event.pk).update(logo=logo.told(f"The flag of {where}", drawn))
    Logo.objects.create(event=event, data=drawn.data)
    cleo = arrive(event, f"cleo-{where}", name=f"Cleo {where}")
    dan = arrive(event, f"dan-{where}", name=f"Dan {where}")
    icebreaker, success, _horror, wall, closing = (one.public_id for one in segments_of(event))
    social.press("start")
    matching.open_round(event, by=social.hana, after=0, smallest=2, largest=2)
    farewell.meet(event, [(social.ada, social.ben)])
    bowl.put_in(event, success, social.ada)
    bowl.draw(event, success, by=social.hana, after=0)
    slip = bowl.put_in_for(event, success, name=f"Kim {where}")
    social.press("enter", segment=wall)
    written = [tips.write(event, wall, social.ada, text=text).public_id for text in TEXTS]
    written += [tips.write(event, wall, social.ben, text=f"{text} {where}").public_id for text in ("Be fair", "Listen")]
    theirs = [tips.write(event, wall, cleo, text=f"{text} {where}").public_id for text in ("Be kind", "Trust")]
    tips.approve_all(event, wall, [*written[:6], written[7]], by=social.mo)
    theme, second = (tips.add_theme(event, wall, name=f"{name} {where}").public_id for name in ("One", "Two"))
    tips.decide(event, wall, written[7], verb=Verb.TAKE_DOWN, by=social.mo)
    pending = tips.write(event, wall, social.ada, text=f"Write it down {where}").public_id
    tips.suggest_due(event.code)
    group = stored(streams.crew(event.code))[f"suggestions/{wall}"]["groups"][0]["id"]
    shown, waiting = (sent(social, caption) for caption in ("Shown", "Waiting"))
    pictures.decide(event, shown, verb=PictureVerb.APPROVE, by=social.mo)
    round_ = event.rounds.get()
    seat = round_.seats.get(attendee=social.ada)
    beside = seat.group.seats.exclude(attendee=social.ada).get().attendee
    far = round_.seats.exclude(group=seat.group).first()
    assert far
    move = social.press("blank", by=social.mo)["move"]["id"]
    return {
        "CODE": event.code,
        "ATTENDEE": dan.public_id,
        "ADA": social.ada.public_id,
        "MET": social.ben.public_id,
        "BESIDE": beside.public_id,
        "FAR": far.attendee.public_id,
        "MOVE": move,
        "PROGRAMME": orjson.dumps(edited(social.fresh())).decode(),
        "LOGO": drawn.name,
        "MEMBER": social.mo.public_id,
        "HANDOVER": " ".join(words_of(handover.offer(event, dan, answers_of="").seed)),
        "ROUND": round_.public_id,
        "ICEBREAKER": icebreaker,
        "BOWL": success,
        "DRAW": "1",
        "SLIP": slip.public_id,
        "WALL": wall,
        "PENDING": pending,
        "WAITING": theirs[0],
        "APPROVED": written[0],
        "DECIDED": written[7],
        "THEME": theme,
        "SECOND": second,
        "GROUP": group,
        "PICTURE": waiting,
        "SHOWN": shown,
        "CLOSING": closing,
    }


def edited(event: Event) -> dict[str, object]:
    return {**events.edited_programme(event)["programme"], "title": "Another title"}


def sent(social: Social, caption: str) -> str:
    names = files.store(redrawn())
    return pictures.send(
        social.event, social.ada, redrawn=redrawn(), names=names, caption=caption, signed=True
    ).public_id


@cache
def redrawn() -> Redrawn:
    return redraw(jpeg())


def flag(where: str) -> bytes:
    """Another one for each place."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), (len(where), ord(where[0]), ord(where[-1]))).save(out, "PNG")
    return out.getvalue()


@cache
def jpeg() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "#c8553d").save(drawn, "JPEG")
    return drawn.getvalue()


def recalled(social: Social) -> str:
    old = stage.token(social.fresh())
    events.renew_stage_link(social.fresh())
    return old


def renewed(event: Event) -> str:
    old = keepsake.share(event).token
    keepsake.renew(event, old)
    return old


def opened(device: str | None = None, member: Crew | None = None) -> Browser:
    made = Browser(headers={"host": "localhost"})
    if device:
        made.with_device(device)
    if member:
        made.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return made
