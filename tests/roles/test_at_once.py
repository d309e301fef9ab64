"""A right that is taken away while somebody uses it, with real requests on real connections, in either order: who was
first has done it, who came second is told so, and screens are told what is true. Then two hosts with one press.

That every route asks again is in `test_rights.py`; here it is that the asking waits for whoever takes the right away.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from apps.bowl import actions as bowl
from apps.bowl.models import Draw, Slip
from apps.core.reencoding import Redrawn
from apps.crew.models import Deed
from apps.events import actions as events
from apps.events.models import Attendee, Crew, Move
from apps.events.programme import Programme
from apps.events.queries import segments_of
from apps.live import streams
from apps.live.announce import listeners
from apps.live.models import Stream
from apps.matching import actions as matching
from apps.matching.models import Seat
from apps.pictures import actions as pictures
from apps.pictures import files
from apps.pictures.models import Picture
from apps.tips import actions as tips
from apps.tips.models import Tip, Vote
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Social, browser, founding, gathering
from tests.events.meeting import meeting
from tests.events.told import assert_said_is_true

__all__ = ["browser", "founding"]

pytestmark = pytest.mark.django_db(transaction=True)
DRAWN = Redrawn(20, 20, {"large": b"large", "small": b"small"})
Told = tuple[int, str]


@pytest.fixture
def party(transactional_db: None, founding: Programme, settings: Any, tmp_path: Path) -> Iterator[Social]:
    """In the icebreaker, with a round, a wall, names in the bowl and a picture; afterwards, what was told is true."""
    settings.MEDIA_ROOT = tmp_path
    party = gathering("BCDFG", founding)
    icebreaker, wall = (segments_of(party.event)[place].public_id for place in (0, 3))
    party.press("start")
    matching.open_round(party.event, by=None, after=0)
    party.press("enter", segment=wall)
    tips.write(party.event, wall, party.ada, text="Be kind")
    shown = tips.write(party.event, wall, party.ben, text="Be brief").public_id
    tips.decide(party.event, wall, shown, verb=Verb.APPROVE, by=party.mo)
    bowl.put_in(party.event, segments_of(party.event)[1].public_id, party.ben)
    pictures.send(party.event, party.ben, redrawn=DRAWN, names=files.store(DRAWN))
    party.press("enter", segment=icebreaker)
    yield party
    assert_said_is_true()


def place(path: str, party: Social) -> str:
    """The words in capitals stand for what is there."""
    segments = segments_of(party.event)
    words = {
        "TIP": Tip.objects.get(text="Be kind").public_id,
        "SHOWN": Tip.objects.get(text="Be brief").public_id,
        "WALL": segments[3].public_id,
        "BOWL": segments[1].public_id,
        "PICTURE": Picture.objects.get().public_id,
        "ROUND": party.event.rounds.order_by("-number")[0].public_id,
        "BEN": party.ben.public_id,
    }
    for word, there in words.items():
        path = path.replace(word, there)
    return f"events/BCDFG/{path}"


def asking(who: Browser, party: Social, method: str, path: str, body: object = None) -> Callable[[], Told]:
    """A request, ready to be sent; its answer is a status and what it says."""
    address = place(path, party)
    if path == "moves/":
        body = {**body, "from_step": party.fresh().step}

    def ask() -> Told:
        answer = who.ask(method, address, body)
        said = answer.json() if answer.content else {}
        return answer.status_code, said.get("code", "") or said.get("message", "")

    return ask


BY_HAL = {
    "next": ("POST", "moves/", {"verb": "next"}),
    "round": ("POST", "rounds/", {"after": 1}),
    "stage": ("POST", "stage-links/", {}),
    "invite": ("POST", "crew/invitations/", {"role": "moderator"}),
    "remove": ("DELETE", "attendees/BEN/", None),
    "approve": ("PUT", "walls/WALL/tips/TIP/decision/", {"verb": "approve"}),
    "pin": ("PUT", "walls/WALL/tips/SHOWN/pin/", None),
    "theme": ("POST", "walls/WALL/themes/", {"name": "Trust"}),
    "hide": ("PUT", "walls/WALL/", {"revealed": False}),
    "draw": ("POST", "bowls/BOWL/draws/", {"after": 0}),
    "close": ("DELETE", "bowls/BOWL/opening/", None),
    "picture": ("PUT", "pictures/PICTURE/decision/", {"verb": "approve"}),
}


def done_by(member: Crew) -> list[Any]:
    return [*Deed.objects.filter(by=member), *Move.objects.filter(by=member)]


@pytest.mark.parametrize("write", BY_HAL.values(), ids=BY_HAL)
def test_a_host_is_taken_off(party: Social, browser: Callable[..., Browser], write: Any) -> None:
    hal = events.add_crew(party.event, "Hal", "host")
    act = asking(browser(crew=hal), party, *write)
    off, told = meeting(lambda: events.take_off(party.event, hal.public_id, by=party.hana), act)
    assert (off, told, done_by(hal)) == (None, (403, "not_allowed"), [])
    again = events.add_crew(party.event, "Hal", "host")
    act = asking(browser(crew=again), party, *write)
    told, off = meeting(act, lambda: events.take_off(party.event, again.public_id, by=party.hana))
    assert off is None
    assert told[0] in (200, 201, 204), told
    (deed,) = done_by(again)
    assert deed.at <= Crew.objects.get(pk=again.pk).revoked_at


@pytest.mark.parametrize("write", ["next", "hide", "draw"])
def test_a_host_becomes_moderator(party: Social, browser: Callable[..., Browser], write: str) -> None:
    hal = events.add_crew(party.event, "Hal", "host")
    act = asking(browser(crew=hal), party, *BY_HAL[write])
    demote = lambda: events.change_role(party.event, hal.public_id, "moderator", by=party.hana).role  # noqa: E731
    assert meeting(demote, act) == ["moderator", (403, "not_allowed")]
    assert done_by(hal) == []


BY_BEN = {
    "join": ("POST", "attendees/", {"name": "Ben"}),
    "rename": ("PATCH", "me/", {"name": "Benno"}),
    "found": ("PUT", "me/group/found/", None),
    "sit out": ("PUT", "me/sitting-out/", None),
    "tip": ("POST", "walls/WALL/tips/", {"text": "Say no"}),
    "vote": ("PUT", "walls/WALL/tips/SHOWN/vote/", None),
    "name in": ("PUT", "bowls/BOWL/slips/mine/", {"teaser": "a merge at midnight"}),
    "name out": ("DELETE", "bowls/BOWL/slips/mine/", None),
    "picture": ("DELETE", "pictures/PICTURE/", None),
}


def nothing_of_ben_is_left(party: Social) -> bool:
    """In sight or in a seat; and nobody tells him anything any more."""
    ben = Attendee.objects.get(pk=party.ben.pk)
    assert ben.removed_at
    assert not Stream.objects.filter(name=streams.attendee("BCDFG", ben.public_id), closed_at=None).exists()
    return not (
        Tip.objects.filter(author=ben, state__in=["pending", "approved"]).exists()
        or Vote.objects.filter(attendee=ben).exists()
        or Slip.objects.filter(attendee=ben).exists()
        or Seat.objects.filter(attendee=ben, left_at=None, round__closed_at=None).exists()
        or Picture.objects.filter(author=ben, state__in=["pending", "approved"]).exists()
    )


@pytest.mark.parametrize("is_first", [True, False], ids=["removed first", "removed second"])
@pytest.mark.parametrize("write", BY_BEN.values(), ids=BY_BEN)
def test_somebody_is_removed(party: Social, browser: Callable[..., Browser], write: Any, is_first: bool) -> None:
    if write[1].endswith("found/"):
        matching.open_round(party.event, by=None, after=1)
    act = asking(browser(device="device-of-ben"), party, *write)
    remove = lambda: events.remove(party.event, party.ben.public_id, by=party.hana)  # noqa: E731
    if is_first:
        assert meeting(remove, act) == [None, (403, "removed")]
    else:
        told, removed = meeting(act, remove)
        assert (told[0] in (200, 201, 204), removed) == (True, None), told
    assert nothing_of_ben_is_left(party)
    assert party.event.attendees.count() == 2


@pytest.mark.parametrize("is_first", [True, False], ids=["archived first", "archived second"])
@pytest.mark.parametrize("write", ["rename", "vote", "picture"])
def test_an_event_is_archived(party: Social, browser: Callable[..., Browser], write: str, is_first: bool) -> None:
    """What somebody began is done before it is, or not at all."""
    party.press("end")
    act = asking(browser(device="device-of-ben"), party, *BY_BEN[write])
    archive = lambda: events.archive(party.event, by=party.hana).archived_at is not None  # noqa: E731
    if is_first:
        assert meeting(archive, act) == [True, (409, "archived")]
    else:
        told, archived = meeting(act, archive)
        assert (told[0] in (200, 204), archived) == (True, True), told


@pytest.mark.parametrize("is_first", [True, False], ids=["removed first", "removed second"])
@pytest.mark.parametrize("write", ["round", "draw"])
def test_somebody_is_removed_whom_a_host_is_about_to_call(
    party: Social, browser: Callable[..., Browser], write: str, is_first: bool
) -> None:
    for name in ("Cleo", "Dan"):
        events.join(party.event, f"device-of-{name}", name=name)
    Attendee.objects.update(seen_at=party.ada.joined_at)
    acts = [
        lambda: events.remove(party.event, party.ben.public_id, by=party.mo) or (204, ""),
        asking(browser(crew=party.hana), party, *BY_HAL[write]),
    ]
    told = meeting(*(acts if is_first else reversed(acts)))
    expected = (409, "bowl_empty") if (write, is_first) == ("draw", True) else (201, "")
    assert sorted(told) == sorted([(204, ""), expected])
    assert nothing_of_ben_is_left(party)
    # Called by a name that nobody bears any more.
    assert list(Draw.objects.values_list("slip__name", flat=True)) == (
        [""] if (write, is_first) == ("draw", False) else []
    )


TWICE = {
    "next": ("POST", "moves/", {"verb": "next"}, (409, "somebody_faster")),
    "end": ("POST", "moves/", {"verb": "end"}, (409, "somebody_faster")),
    "round": ("POST", "rounds/", {"after": 1}, (409, "somebody_faster")),
    "draw": ("POST", "bowls/BOWL/draws/", {"after": 0}, (409, "somebody_faster")),
    "close": ("DELETE", "bowls/BOWL/opening/", None, (204, "")),
    "freeze": ("PUT", "bowls/BOWL/list/", {"after": 0}, (200, "")),
}


@pytest.mark.parametrize("write", TWICE.values(), ids=TWICE)
def test_two_hosts_press_at_once(party: Social, browser: Callable[..., Browser], write: Any) -> None:
    """One of them has done it and the other one is told; and no version of a stream was left out or told twice."""
    hal = events.add_crew(party.event, "Hal", "host")
    *press, second = write
    first, other = (asking(browser(crew=member), party, *press) for member in (party.hana, hal))
    before, done = dict(Stream.objects.values_list("name", "version")), len(done_by(party.hana))
    with heard() as told:
        answers = meeting(first, other)
    assert answers[0][0] in (200, 201, 204)
    assert answers[1] == second
    assert (len(done_by(party.hana)), len(done_by(hal))) == (done + 1, 0)
    for name, version in Stream.objects.values_list("name", "version"):
        assert sorted(told[name]) == list(range(before.get(name, 0) + 1, version + 1)), name


@contextmanager
def heard() -> Iterator[dict[str, list[int]]]:
    """The versions that are told from now on, of each stream."""
    told: dict[str, list[int]] = defaultdict(list)

    def listen(heads: Mapping[str, int]) -> None:
        for name, version in heads.items():
            told[name].append(version)

    listeners.append(listen)
    yield told
    listeners.remove(listen)
