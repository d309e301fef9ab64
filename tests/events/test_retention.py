"""The day on which an event is erased, and what goes with it; that no byte is left is tested on real servers."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from apps.core.models import Answer, Bucket
from apps.core.refusal import Refusal
from apps.events import actions, queries
from apps.events.models import Event
from apps.events.programme import BadProgramme, dump, parse
from apps.events.retention import erased_on, is_due
from apps.live import publish
from apps.live import queries as live
from apps.live.models import Document, Stream

from .conftest import Browser, Clock, Social, arrive, gathering

MADE = datetime(2026, 5, 1, 12, tzinfo=UTC)


def day(**known: Any) -> date | None:
    facts = {"starts_on": None, "created_at": MADE, "started_at": None, "timezone": "Europe/Vienna", "keep_days": 30}
    return erased_on(**{**facts, **known})


def test_days_count_from_the_event() -> None:
    assert day() is None
    assert day(starts_on=date(2026, 5, 11)) == date(2026, 6, 10)
    assert day(starts_on=date(2026, 5, 1), keep_days=1) == date(2026, 5, 2)
    # A plan for a day that had passed was not made for this event.
    assert day(starts_on=date(2024, 5, 11)) is None
    assert day(started_at=datetime(2026, 11, 24, 18, tzinfo=UTC)) == date(2026, 12, 24)
    # A trial before the day does not shorten it; a start after the day does lengthen it.
    assert day(starts_on=date(2026, 5, 11), started_at=datetime(2026, 5, 9, tzinfo=UTC)) == date(2026, 6, 10)
    assert day(starts_on=date(2026, 5, 11), started_at=datetime(2026, 5, 12, tzinfo=UTC)) == date(2026, 6, 11)
    # Where it takes place the next day has begun already.
    assert day(started_at=datetime(2026, 5, 11, 22, 30, tzinfo=UTC)) == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("timezone", "last", "first"),
    [("", (9, 23), (10, 0)), ("Asia/Tokyo", (9, 14), (9, 15)), ("America/Los_Angeles", (10, 6), (10, 7))],
)
def test_it_is_due_when_the_day_begins_there(timezone: str, last: tuple[int, int], first: tuple[int, int]) -> None:
    for (month_day, hour), is_so in ((last, False), (first, True)):
        at = datetime(2026, 6, month_day, hour, tzinfo=UTC)
        assert is_due(date(2026, 6, 10), created_at=MADE, timezone=timezone, at=at) is is_so


def test_what_nobody_dated_goes_after_a_year() -> None:
    assert not is_due(None, created_at=MADE, timezone="", at=datetime(2027, 4, 30, tzinfo=UTC))
    assert is_due(None, created_at=MADE, timezone="", at=datetime(2027, 5, 1, tzinfo=UTC))


def test_the_programme_says_how_long() -> None:
    least = b'title = "Open stage"\n%b[[segments]]\nkind = "break"\ntitle = "Tea"\nminutes = 5\n'
    assert parse(least % b"")["keep_days"] == 30
    kept = parse(least % b"keep_days = 7\n")
    assert kept["keep_days"] == 7
    assert parse(dump(kept).encode()) == kept
    for wrong in (b"0", b"366", b"7.0", b"true", b'"7"'):
        with pytest.raises(BadProgramme) as bad:
            parse(least % b"keep_days = %b\n" % wrong)
        assert [key for key, _reason in bad.value.faults] == ["keep_days"]


def test_everybody_is_told_the_day(social: Social, moment: Clock, browser: Any) -> None:
    visitor: Browser = browser()
    assert visitor.ask("GET", "events/BCDFG/").json()["event"]["erased_on"] is None
    social.press("start")
    assert visitor.ask("GET", "events/BCDFG/").json()["event"]["erased_on"] == "2026-06-10"
    assert b'"erased_on":"2026-06-10"' in live.snapshot("BCDFG/public").documents["event"].encode()
    actions.undo(social.event, social.event.moves.last().public_id, by=social.hana)
    assert b'"erased_on":null' in live.snapshot("BCDFG/public").documents["event"].encode()


def test_an_event_goes_with_all_of_its_own(social: Social, elsewhere: Social) -> None:
    zoe = arrive(elsewhere.event, "device-of-zoe", name="Zoe")
    for code in ("BCDFG", "ZZZZZ"):
        for owner in ("account:1", "device:2"):
            Answer.objects.create(owner=f"{code}:{owner}", key="k", fingerprint="f", status=200, body={"name": "Ada"})
    social.press("start")
    # Mo is asked to the other event as well; Hana is at this one alone, and signed in.
    actions.add_crew(elsewhere.event, "Mo", "moderator")
    signed_in = SessionStore()
    signed_in["_auth_user_id"] = str(social.hana.user.pk)
    signed_in.save()

    with pytest.raises(Refusal) as refused:
        actions.erase_event(social.event, by=social.mo)
    assert refused.value.code == "not_allowed"
    actions.erase_event(social.event, by=social.hana)
    actions.erase_event(social.event)

    assert [event.code for event in Event.objects.all()] == ["ZZZZZ"]
    assert set(Answer.objects.values_list("owner", flat=True)) == {"ZZZZZ:account:1", "ZZZZZ:device:2"}
    assert set(get_user_model().objects.values_list("username", flat=True)) == {"Mo", "Hedda", "Max"}
    assert not Session.objects.exists()
    assert not Document.objects.filter(stream__scope="BCDFG").exists()
    assert not Stream.objects.filter(scope="BCDFG", closed_at=None).exists()
    assert elsewhere.event.attendees.get() == zoe


def test_a_code_rests_for_a_day(social: Social, founding: dict[str, Any], moment: Clock) -> None:
    actions.erase_event(social.event)
    with pytest.raises(Refusal) as refused:
        actions.create_event(founding, "BCDFG")
    assert refused.value.code == "code_taken"
    moment.advance(hours=25)
    actions.turn_day()
    assert not Stream.objects.exists()
    assert publish.bury([], moment()) == 0
    actions.create_event(founding, "BCDFG")


def test_a_day_turns(social: Social, elsewhere: Social, moment: Clock) -> None:
    social.press("start")
    moment.advance(days=29)
    elsewhere.press("start")
    Answer.objects.create(owner="ZZZZZ:device:2", key="k", fingerprint="f", status=200)
    Answer.objects.update(created_at=moment())
    Bucket.objects.create(name="tip_write:x", tokens=1, refilled_at=moment())
    assert queries.due() == []
    moment.advance(days=1)
    assert queries.due() == [social.event]
    actions.turn_day()
    assert [event.code for event in Event.objects.all()] == ["ZZZZZ"]
    assert (Answer.objects.count(), Bucket.objects.count()) == (1, 0)
    moment.advance(days=1)
    actions.turn_day()
    assert Answer.objects.count() == 0


def test_the_command_asks_first(social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError):
        call_command("erase_event", "bcdfg")
    with pytest.raises(CommandError):
        call_command("erase_event", "bcdfg", "--confirm", "ZZZZZ")
    assert Event.objects.exists()


def test_the_command_erases(transactional_db: None, founding: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    gathering("BCDFG", founding)
    monkeypatch.setattr("builtins.input", lambda _question: "bcdfg ")
    call_command("erase_event", "bcdfg")
    assert not Event.objects.exists()
