"""Asking for a rehearsal in the browser: what is refused and confirmed, and what becomes of one that was cut off."""

import asyncio
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation

from apps.core import errands
from apps.core.models import Answer, Errand
from apps.events import actions, queries
from apps.events.models import Event
from apps.events.presence import note_heard
from apps.live import streams
from apps.live.models import Stream
from apps.rehearsal import child, ground, running, sentences
from apps.rehearsal.client import Client
from apps.rehearsal.evening import WholeEvening
from apps.rehearsal.faults import WHY, CannotBegin
from apps.rehearsal.models import Rehearsal
from tests.events.conftest import Clock, Social, browser, elsewhere, founding, gathering, moment, social

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]
ADDRESS = "events/BCDFG/rehearsal/"
FEW = {"people": 12, "speed": 100, "among_people": True}


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of those whose process would have been started."""
    started: list[str] = []

    def begin(row: Rehearsal) -> None:
        Rehearsal.objects.filter(pk=row.pk).update(state="running")
        started.append(row.public_id)

    monkeypatch.setattr(running, "begin", begin)
    return started


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_among_people_it_has_to_be_meant(social: Social, browser: Callable[..., Any]) -> None:
    hana = browser(crew=social.hana)
    few = {"people": 12, "speed": 100}
    refused = hana.ask("POST", ADDRESS, few)
    assert told(refused) == (409, "people_are_here")
    assert "2 people have joined this event." in refused.json()["message"]
    # Who has left is not there any more, but a live event is one.
    for one in (social.ada, social.ben):
        actions.leave(social.event, one)
    social.press("start")
    refused = hana.ask("POST", ADDRESS, few)
    assert told(refused) == (409, "people_are_here")
    assert "This event is live." in refused.json()["message"]
    assert not Rehearsal.objects.exists()
    assert hana.ask("POST", ADDRESS, FEW).status_code == 201
    social.press("end")
    running.stop(social.event, by=social.hana)
    assert hana.ask("POST", ADDRESS, few).status_code == 201


def test_another_event_that_is_live_is_not_disturbed_unasked(
    social: Social, elsewhere: Social, browser: Callable[..., Any]
) -> None:
    hana = browser(crew=social.hana)
    for one in (social.ada, social.ben):
        actions.leave(social.event, one)
    elsewhere.press("start")
    refused = hana.ask("POST", ADDRESS, {"people": 12, "speed": 100})
    assert told(refused) == (409, "people_are_here")
    assert "Another event on this server is live." in refused.json()["message"]
    # One that nobody ended is over by the next day.
    Event.objects.filter(pk=elsewhere.event.pk).update(started_at=running.clock.now() - timedelta(hours=25))
    assert hana.ask("POST", ADDRESS, {"people": 12, "speed": 100}).status_code == 201


@pytest.mark.parametrize("wrong", [{"people": 1}, {"people": 201}, {"speed": 9}, {"speed": 9999}, {"more": 1}])
def test_nonsense_is_refused(social: Social, browser: Callable[..., Any], wrong: dict[str, int]) -> None:
    assert told(browser(crew=social.hana).ask("POST", ADDRESS, FEW | wrong)) == (400, "invalid")


def test_one_key_starts_one_and_an_event_has_one_at_a_time(social: Social, browser: Callable[..., Any]) -> None:
    hana, key = browser(crew=social.hana), "the-key-of-one-press"
    first, again = (hana.ask("POST", ADDRESS, FEW, key=key) for _press in range(2))
    assert first.json() == again.json()
    assert Rehearsal.objects.count() == 1
    assert told(hana.ask("POST", ADDRESS, FEW)) == (409, "busy")
    assert Errand.objects.get(name=running.NAME).due_at is not None


def test_a_server_carries_two(social: Social, elsewhere: Social, founding: Any, browser: Callable[..., Any]) -> None:
    third = gathering("QQQQQ", founding)
    for one in (social, elsewhere):
        running.start(one.event, by=one.hana, people=12, speed=100, among_people=True)
    hana = browser(crew=third.hana)
    assert told(hana.ask("POST", "events/QQQQQ/rehearsal/", FEW)) == (409, "busy")
    # One whose process has died is none of them.
    Rehearsal.objects.filter(event=elsewhere.event).update(heard_at=running.clock.now() - running.LEASE)
    assert hana.ask("POST", "events/QQQQQ/rehearsal/", FEW).status_code == 201


def test_everybody_of_the_crew_sees_it_and_hosts_alone_do_something(
    social: Social, browser: Callable[..., Any]
) -> None:
    row = running.start(social.event, by=social.hana, people=12, speed=100, among_people=True)
    mo, ada = browser(crew=social.mo), browser(device="device-of-ada")
    assert mo.ask("GET", ADDRESS).json()["rehearsal"]["id"] == row.public_id
    assert mo.ask("GET", ADDRESS).json()["rehearsal"]["doing"] == "It begins in a moment."
    for method, path in (("POST", ADDRESS), ("PUT", f"{ADDRESS}ending/"), ("DELETE", ADDRESS)):
        assert told(mo.ask(method, path, FEW if method == "POST" else None)) == (403, "not_allowed")
        assert told(ada.ask(method, path, FEW if method == "POST" else None)) == (404, "not_here")
    assert told(ada.ask("GET", ADDRESS)) == (404, "not_here")


def test_a_stop_before_the_beginning(social: Social, begun: list[str], browser: Callable[..., Any]) -> None:
    hana = browser(crew=social.hana)
    hana.ask("POST", ADDRESS, FEW)
    for _twice in range(2):
        assert hana.ask("PUT", f"{ADDRESS}ending/").json()["rehearsal"]["state"] == "stopped"
    errands.run_due()
    assert begun == []
    assert hana.ask("DELETE", ADDRESS).status_code == 204
    assert hana.ask("GET", ADDRESS).json() == {"rehearsal": None}


def test_while_it_runs_it_is_not_removed(social: Social, begun: list[str], browser: Callable[..., Any]) -> None:
    hana = browser(crew=social.hana)
    ident = hana.ask("POST", ADDRESS, FEW).json()["rehearsal"]["id"]
    errands.run_due()
    assert begun == [ident]
    assert told(hana.ask("DELETE", ADDRESS)) == (409, "still_running")
    assert hana.ask("PUT", f"{ADDRESS}ending/").json()["rehearsal"]["is_stopping"] is True


def test_a_copy_is_in_no_list_and_nothing_says_it_was_made(social: Social, browser: Callable[..., Any]) -> None:
    hana = browser(crew=social.hana)
    deeds = hana.ask("GET", "events/BCDFG/crew/deeds/").json()
    copy = copied(social, hana, "0h2k4m6p8r0t")
    assert [one["code"] for one in hana.ask("GET", "events/").json()["events"]] == ["BCDFG"]
    assert copy.code not in hana.get("/console/").text
    assert hana.ask("GET", "events/BCDFG/crew/deeds/").json() == deeds
    wrong = {"copy_of": "BCDFG", "rehearsal": "0h2k4m6p8r0t", "title": "Mine"}
    assert told(hana.ask("POST", "events/", wrong)) == (400, "invalid")
    assert told(hana.ask("POST", "events/", wrong | {"title": "", "rehearsal": "x"})) == (400, "invalid")


def copied(social: Social, hana: Any, ident: str) -> Event:
    answer = hana.ask("POST", "events/", {"copy_of": social.event.code, "rehearsal": ident})
    return Event.objects.get(code=answer.json()["code"])


def test_what_a_kill_leaves_goes_by_itself(
    social: Social, begun: list[str], browser: Callable[..., Any], moment: Clock
) -> None:
    hana = browser(crew=social.hana)
    ident = hana.ask("POST", ADDRESS, FEW).json()["rehearsal"]["id"]
    errands.run_due()
    copy = copied(social, hana, ident)
    moment.advance(seconds=running.LEASE.total_seconds())
    # Shown before anybody has looked after it; and no other one is kept from beginning.
    assert hana.ask("GET", ADDRESS).json()["rehearsal"]["state"] == "cut_off"
    assert errands.run_due() == [running.NAME]
    assert Rehearsal.objects.get().state == "cut_off"
    assert not Event.objects.filter(pk=copy.pk).exists()
    # The code is remembered for as long as a hub may need to hear of it, and no longer.
    assert Stream.objects.filter(scope=copy.code).exists()
    moment.advance(seconds=2 * running.LOOK.total_seconds())
    errands.run_due()
    assert not Stream.objects.filter(scope=copy.code).exists()
    assert not Answer.objects.filter(body={"code": copy.code}).exists()
    assert Errand.objects.get(name=running.NAME).due_at is None


def test_a_copy_that_nobody_comes_back_to_goes(social: Social, browser: Callable[..., Any], moment: Clock) -> None:
    """Of a command that was killed: there is no row that says so."""
    copy = copied(social, browser(crew=social.hana), "0h2k4m6p8r0t")
    Event.objects.filter(pk=copy.pk).update(created_at=moment())
    zoe, _is_new = actions.join(copy, "device-of-zoe", name="Zoe")
    for _look in range(3):
        moment.advance(seconds=running.LEFT_BEHIND.total_seconds() - 1)
        note_heard([streams.attendee(copy.code, zoe.public_id)])
        errands.run_due()
        assert Event.objects.filter(pk=copy.pk).exists()
    moment.advance(seconds=running.LEFT_BEHIND.total_seconds() + 1)
    errands.run_due()
    assert not Event.objects.filter(pk=copy.pk).exists()
    assert queries.at_home(social.hana.user) != []


def test_the_button_erases_what_was_left(social: Social, begun: list[str], browser: Callable[..., Any]) -> None:
    hana = browser(crew=social.hana)
    ident = hana.ask("POST", ADDRESS, FEW).json()["rehearsal"]["id"]
    errands.run_due()
    mine, of_another = copied(social, hana, ident), copied(social, hana, "0h2k4m6p8r0t")
    Rehearsal.objects.update(heard_at=running.clock.now() - running.LEASE - timedelta(seconds=1))
    for _twice in range(2):
        assert hana.ask("DELETE", ADDRESS).status_code == 204
    assert list(Event.objects.exclude(rehearsal="")) == [of_another]
    assert mine.code not in set(Event.objects.values_list("code", flat=True))


def test_it_is_signed_out_however_it_ends(social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it never gets as far as the server, as with too few open files for so many people."""
    monkeypatch.setattr(child, "connected", nullcontext)
    row = running.start(social.event, by=social.hana, people=12, speed=100, among_people=True)
    Rehearsal.objects.update(state="running")
    one = child.Child(row.public_id, "http://127.0.0.1:9")
    one.come_in()
    assert Session.objects.count() == 1
    one.end(running.State.FAILED, {"why": "ConnectError"})
    assert Session.objects.count() == 0


def test_every_fault_has_a_sentence() -> None:
    """Read off the code: whatever is noted by name is told by name."""
    noting = re.compile(r'\.(?:lose|double|leak|wrong|note\("repeats",)\(?\s*"(\w+)"')
    texts = [path.read_text() for path in Path(running.__file__).parent.glob("*.py")]
    assert {name for text in texts for name in noting.findall(text)} == set(sentences.FAULTS)


async def test_where_nobody_answers_a_sentence_says_so() -> None:
    nowhere = "http://127.0.0.1:9"

    async def enter(console: Client) -> None:
        await console.request("GET", f"/console/{console.code}/")

    with pytest.raises(CannotBegin, match=f"^The server could not be reached at {nowhere}.$"):
        await WholeEvening(nowhere, "BCDFG", enter, people=2).run()


def test_every_reason_has_a_sentence() -> None:
    """Read off the code: why there can be none is one of these, whoever finds out."""
    texts = [path.read_text() for path in Path(running.__file__).parent.glob("*.py")]
    raised = [re.findall(r"raise CannotBegin\((.)(\w*)", text) for text in texts]
    assert {code for found in raised for quote, code in found if quote == '"'} == set(WHY)
    assert [quote for found in raised for quote, _code in found if quote != '"'] == []


WHYS = {
    ("unreachable", "http://127.0.0.1:9"): "Der Server war unter http://127.0.0.1:9 nicht zu erreichen.",
    ("too_few_files", "850 > 512"): "So viele Personen brauchen mehr offene Dateien, als dieser Computer einem Prozess"
    " gibt: 850 > 512 (ulimit -Hn).",
    ("nobody_asks", ""): "Wer sie angefordert hat, ist nicht mehr da.",
    ("not_copied", "409 too_many_events"): "Das Event konnte nicht kopiert werden: Du bist schon Host von 200 Events."
    " Archiviere oder lösch zuerst einige davon.",
    ("not_copied", "409 archived"): "Das Event konnte nicht kopiert werden: Dieses Event ist archiviert. Daran ändert"
    " sich nichts mehr.",
    ("not_copied", "502 no code"): "Das Event konnte nicht kopiert werden: 502 no code",
}


@pytest.mark.parametrize(("no", "sentence"), WHYS.items(), ids=[" ".join(no) for no in WHYS])
async def test_why_there_was_none_is_kept_by_its_code(no: tuple[str, str], sentence: str) -> None:
    """What its process keeps is no sentence of one language; the page says one in that of who reads."""

    async def fail() -> Any:
        raise CannotBegin(*no)

    state, report = await child.Child("0h2k4m6p8r0t", "").outcome(asyncio.create_task(fail()))
    assert (state, report) == ("failed", dict(zip(("why", "what"), no, strict=True)))
    with translation.override("de"):
        assert sentences.why(report) == sentence
    assert str(CannotBegin(*no)) == WHY[no[0]] % {"what": no[1]}


def test_of_what_nobody_foresaw_its_name_is_told() -> None:
    with translation.override("de"):
        assert sentences.why({"why": "ConnectError, 100 % KeyError"}) == "ConnectError, 100 % KeyError"


def test_what_needs_too_many_files_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground.resource, "getrlimit", lambda _which: (512, 512))
    with pytest.raises(CannotBegin, match=re.escape("850 > 512 (ulimit -Hn).")):
        ground.room_for(200)


def test_why_there_was_none_is_told_in_the_language_of_who_asks(social: Social, browser: Callable[..., Any]) -> None:
    row = running.start(social.event, by=social.hana, people=12, speed=100, among_people=True)
    why = {"why": "unreachable", "what": "http://127.0.0.1:9"}
    Rehearsal.objects.update(state="failed", ended_at=row.asked_at, report=why)
    hana = browser(crew=social.hana)
    told = hana.ask("GET", ADDRESS).json()["rehearsal"]
    assert told["why"] == "The server could not be reached at http://127.0.0.1:9."
    hana.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    with translation.override("en"):  # restored for the tests after this one
        told = hana.ask("GET", ADDRESS).json()["rehearsal"]
    assert told["why"] == "Der Server war unter http://127.0.0.1:9 nicht zu erreichen."
