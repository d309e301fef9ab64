"""What the crew is told of an evening: right numbers, and no names unless a host asks."""

from collections.abc import Callable, Iterator

import pytest

from apps.events import actions as events
from apps.events.presence import note_heard
from apps.keepsake import actions, figures
from apps.keepsake.models import Headcount
from apps.live import streams
from apps.matching import actions as matching
from tests.events.conftest import Browser, Clock, Social

from .conftest import Evening, seen_in

Open = Callable[..., Browser]


def test_numbers(evening: Evening) -> None:
    report = figures.report_of(evening.fresh())
    # Ada and Cleo are in the room, Ben and Dan are not; Dan came after the only round.
    assert report.room == figures.Side(joined=2, matched=2, met=2, stories=1, tips=3)
    assert report.remote == figures.Side(joined=2, matched=1, met=1, stories=1, tips=2)
    assert (report.joined, report.share_matched, report.told, report.tips_written) == (4, 75, 2, 5)
    assert report.rounds == [figures.RoundFigures(1, people=3, groups=1, found=1, new=3, repeats=0, unavoidable=0)]
    assert [(one.called, one.told, one.passed, one.no_show) for one in report.bowls] == [(2, 2, 0, 0), (0, 0, 0, 0)]
    assert report.tips == {"approved": 2, "declined": 1, "taken_down": 1, "pending": 1}
    # Ada has three that she did not withdraw, Ben two.
    assert report.writers == [("1", 0), ("2", 1), ("3", 1), ("4", 0), ("5+", 0)]
    # They were decided on after 10, 20, 30 and 40 seconds.
    assert report.waiting == figures.Waiting(decided=4, pending=1, median=25.0, p90=40.0)


def test_who_meets_again_is_no_new_connection(social: Social, moment: Clock) -> None:
    social.press("start")
    for number in (0, 1):
        note_heard([streams.attendee("BCDFG", one.public_id) for one in (social.ada, social.ben)])
        matching.open_round(social.event, by=social.hana, after=number)
        for one in (social.ada, social.ben):
            matching.found(social.event, one)
        moment.advance(minutes=5)
    report = figures.report_of(social.fresh())
    assert [(one.new, one.repeats, one.unavoidable) for one in report.rounds] == [(1, 0, 0), (0, 1, 1)]
    assert (report.connections, report.repeats, report.unavoidable) == (1, 1, 1)


def test_an_event_of_which_there_is_nothing_to_tell(social: Social, browser: Open) -> None:
    events.forget(social.event, social.ada)
    events.forget(social.event, social.ben)
    page = browser(crew=social.hana).get("/console/BCDFG/report/")
    assert page.status_code == 200
    assert figures.report_of(social.event).share_matched is None


def test_names_are_for_hosts_who_ask(evening: Evening, browser: Open) -> None:
    hana, mo, address = browser(crew=evening.hana), browser(crew=evening.mo), "/console/BCDFG/report/"
    for page in (hana.get(address), mo.get(address), mo.get(f"{address}?names=1"), hana.get(f"{address}?names=yes")):
        text = page.content.decode()
        assert [name for name in ("Ada", "Ben", "Cleo", "Dan", "@example.org") if name in text] == []
        assert seen_in(text) == []
    text = hana.get(f"{address}?names=1").content.decode()
    assert [name for name in ("Ada", "Ben", "Cleo", "Dan") if name in text] == ["Ada", "Ben", "Cleo", "Dan"]
    assert seen_in(text) == []
    # How often somebody wrote without a name stays theirs: of Ben's two tips none is counted here.
    members = {one.name: one for one in figures.members_of(evening.event)}
    assert (members["Ada"].signed_tips, members["Ben"].signed_tips) == (3, 0)
    assert (members["Ada"].met, members["Ada"].rounds, members["Dan"].rounds) == (2, 1, 0)


@pytest.fixture
def heads() -> Iterator[None]:
    actions.counted.clear()
    yield
    actions.counted.clear()


@pytest.mark.usefixtures("heads")
def test_heads_are_counted_once_a_minute_while_it_runs(moment: Clock, social: Social) -> None:
    def counted() -> list[tuple[int, int]]:
        return list(Headcount.objects.values_list("in_room", "remote"))

    actions.count_present("BCDFG")
    assert counted() == []
    moment.advance(minutes=1)
    note_heard([streams.attendee("BCDFG", one.public_id) for one in (social.ada, social.ben)])
    social.press("start")
    for _second in range(30):
        actions.count_present("BCDFG")
        # Another process has not counted yet, and looks before it does.
        actions.counted.clear()
    assert counted() == [(1, 1)]
    moment.advance(minutes=1)
    note_heard([streams.attendee("BCDFG", social.ben.public_id)])
    actions.count_present("BCDFG")
    assert counted() == [(1, 1), (0, 1)]
    moment.advance(minutes=1)
    social.press("end")
    actions.count_present("BCDFG")
    assert counted() == [(1, 1), (0, 1)]
    assert figures.report_of(social.event).most_present == 2
