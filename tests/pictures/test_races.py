"""Many at once, on real connections: nobody waits in a circle, what is said is true, and no file outlives its row."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apps.core.reencoding import Redrawn
from apps.events import actions as events
from apps.pictures import actions, files
from apps.pictures.models import Picture
from apps.pictures.rules import Verb
from tests.events.conftest import Social, arrive
from tests.events.meeting import at_once

from .conftest import files_in, named

pytestmark = pytest.mark.django_db(transaction=True)
DRAWN = Redrawn(20, 20, {"large": b"large", "small": b"small"})


@pytest.fixture
def party(party: Social, media: Path) -> Social:
    return party


def send(party: Social, sender: Any) -> Picture:
    names = files.store(DRAWN)
    try:
        return actions.send(party.event, sender, redrawn=DRAWN, names=names, caption="The room")
    except BaseException:
        files.remove(names.values())
        raise


def decide(party: Social, one: Picture, verb: Verb, reason: str = "") -> str:
    return str(actions.decide(party.event, one.public_id, verb=verb, by=party.mo, reason=reason).state)


def assert_no_file_is_astray(media: Path) -> None:
    assert files_in(media) == named(*Picture.objects.exclude(state="deleted"))


def test_whoever_is_faster_the_other_is_told(party: Social, media: Path) -> None:
    for _round in range(5):
        one = send(party, party.ada)
        answers = at_once(
            lambda one=one: decide(party, one, Verb.APPROVE),
            lambda one=one: decide(party, one, Verb.DECLINE, "other"),
        )
        assert answers in (["approved", "somebody_faster"], ["somebody_faster", "declined"])
        decided, deleted = at_once(
            lambda one=one: decide(party, one, Verb.TAKE_DOWN),
            lambda one=one: actions.delete(party.event, party.ada, one.public_id),
        )
        assert decided in ("taken_down", "somebody_faster")
        assert deleted is None
    assert_no_file_is_astray(media)


@pytest.mark.parametrize(
    "go",
    [lambda party, who: events.remove(party.event, who.public_id), lambda party, who: events.forget(party.event, who)],
)
def test_a_sender_goes_while_their_pictures_are_decided_on(party: Social, media: Path, go: Callable[..., None]) -> None:
    for number in range(5):
        cleo = arrive(party.event, f"device-of-cleo-{number}", name="Cleo")
        first, second = send(party, cleo), send(party, cleo)
        answers = at_once(
            lambda one=first: decide(party, one, Verb.APPROVE),
            lambda cleo=cleo: go(party, cleo),
            lambda one=second: decide(party, one, Verb.DECLINE, "other"),
            lambda cleo=cleo: send(party, cleo).state,
        )
        assert answers[1] is None
        assert {*answers[::2], answers[3]} <= {
            "approved",
            "declined",
            "pending",
            "not_here",
            "removed",
            "somebody_faster",
        }
    assert_no_file_is_astray(media)
    assert not Picture.objects.filter(state="approved").exists()


def test_an_event_is_erased_while_pictures_arrive(party: Social, media: Path) -> None:
    for _picture in range(3):
        send(party, party.ada)
    senders = [party.ada, party.ben, party.mo]
    sending = [lambda sender=sender: send(party, sender).state for sender in senders]
    answers = at_once(*sending, lambda: events.erase_event(party.event))
    assert answers.pop() is None
    assert set(answers) <= {"pending", "not_here", "not_allowed"}
    assert not Picture.objects.exists()
    assert files_in(media) == set()
