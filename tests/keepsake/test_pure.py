"""Markdown, calendar, plots and cells, without an event: whatever people type."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from apps.core import spreadsheet
from apps.core.refusal import Refusal
from apps.core.text import clean_block
from apps.keepsake import ics, markdown, plots
from apps.keepsake.figures import nearest_rank
from apps.keepsake.plots import Series
from apps.keepsake.queries import HUE_OF_KIND, time_of, when_of
from apps.keepsake.sheet import Link, Part, Person, Sheet, Story, Theme, Tip, public
from apps.keepsake.templatetags.keepsake import length_of

SHEET = Sheet(
    code="BCDFG",
    title="An evening",
    subtitle="",
    language="en",
    hosts=["Hana"],
    day=date(2026, 5, 11),
    starts_at_local="18:00",
    ends_at_local="20:00",
    timezone="Europe/Vienna",
    parts=[],
    seen_at=datetime(2026, 5, 11, 20, tzinfo=UTC),
)
SIGNS = st.text(alphabet="\\`*_{}[]<>#+-.!|~&()=:1 a\n\"'/é", min_size=1, max_size=40)


def plain(markdown_text: str) -> str:
    """The words of a rendered file, line by line; nothing in it may have become markup."""
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(markdown_text)
    tree = ET.fromstring(f"<root>{rendered.replace('<br>', '<br/>')}</root>")
    assert {one.tag for one in tree.iter()} <= {"root", "h1", "h2", "h3", "p", "ul", "ol", "li", "br"}
    for one in tree.iter("br"):
        one.tail = "\n" + (one.tail or "").lstrip("\n")
    return "".join(tree.itertext())


def cleaned(text: str) -> str | None:
    try:
        return clean_block(text, 280)
    except Refusal:
        return None


@given(SIGNS)
def test_markdown_shows_what_was_typed(text: str) -> None:
    if typed := cleaned(text):
        part = Part("Wall", "sun", themes=[Theme("", [Tip(typed, "Ada")])])
        told = plain(markdown.text_of(replace(SHEET, parts=[part])))
        lines = [" ".join(line.split()) for line in typed.split("\n") if line.strip()]
        assert "\n".join(lines) + " — Ada" in told


def test_markdown_has_the_whole_sheet() -> None:
    part = Part(
        "The End", "sky", "14:15", "Bye", ["Why?"], [Story("A typo", "Ada")], [], [Link("Us", "https://a.org/")]
    )
    text = markdown.text_of(replace(SHEET, parts=[part], people=[Person("Ben", "ben@example.org")]))
    for line in (
        "# An evening",
        "2026-05-11 18:00–20:00 Europe/Vienna",
        "- 14:15 The End",
        "1. Why?",
        "- A typo — Ada",
    ):
        assert line in text
    assert "- [Us](<https://a.org/>)" in text
    assert "- Ben: ben@example.org" in text


def test_the_public_sheet_names_nobody_who_came() -> None:
    part = Part("x", "sky", stories=[Story("A typo", "Ada")], themes=[Theme("t", [Tip("text", "Ben")])])
    told = public(replace(SHEET, parts=[part], people=[Person("Cleo", "cleo@example.org")]))
    assert all(name not in repr(told) for name in ("Ada", "Ben", "Cleo"))
    assert told.parts[0].stories[0].title == "A typo"


def event(**more: object) -> SimpleNamespace:
    plan = {"starts_on": None, "starts_at_local": "", "ends_at_local": "", "timezone": "", "started_at": None}
    words = {"code": "BCDFG", "title": "An evening", "subtitle": "", "created_at": SHEET.seen_at, "ended_at": None}
    return SimpleNamespace(**(plan | words | more))


DAY = date(2026, 5, 11)
BEGUN = datetime(2026, 5, 11, 16, 2, tzinfo=UTC)
SPANS = {
    "a zone": (
        {"starts_on": DAY, "starts_at_local": "18:00", "ends_at_local": "20:00", "timezone": "Europe/Vienna"},
        (
            datetime(2026, 5, 11, 18, tzinfo=ZoneInfo("Europe/Vienna")),
            datetime(2026, 5, 11, 20, tzinfo=ZoneInfo("Europe/Vienna")),
        ),
    ),
    "past midnight": (
        {"starts_on": DAY, "starts_at_local": "22:00", "ends_at_local": "00:30", "timezone": "Asia/Kolkata"},
        (
            datetime(2026, 5, 11, 22, tzinfo=ZoneInfo("Asia/Kolkata")),
            datetime(2026, 5, 12, 0, 30, tzinfo=ZoneInfo("Asia/Kolkata")),
        ),
    ),
    "no zone floats": (
        {"starts_on": DAY, "starts_at_local": "18:00"},
        (datetime(2026, 5, 11, 18), datetime(2026, 5, 11, 19, 30)),  # noqa: DTZ001 - it floats
    ),
    "a day alone": ({"starts_on": DAY}, (DAY, DAY + timedelta(days=1))),
    "no day, but begun": ({"started_at": BEGUN}, (BEGUN, BEGUN + timedelta(minutes=90))),
}


@pytest.mark.parametrize("name", SPANS)
def test_calendar(name: str) -> None:
    given_, (start, end) = SPANS[name]
    data = ics.calendar(event(**given_), 90, "https://a.org/BCDFG/keepsake/")
    entry = Calendar.from_ical(data).events[0]
    assert (entry.start, entry.end) == (start, end)
    # Those who read a zone by its name and those who read its rules find the same.
    assert (b"BEGIN:VTIMEZONE" in data) is bool(given_.get("timezone"))


def test_calendar_without_a_day() -> None:
    assert ics.calendar(event(starts_at_local="18:00"), 90, "https://a.org/") is None


@given(st.text(alphabet='abé,;\\"\n :=漢😀', max_size=300))
def test_calendar_folds_and_escapes(title: str) -> None:
    data = ics.calendar(event(starts_on=DAY, title=title), 90, "https://a.org/")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert Calendar.from_ical(data).events[0]["SUMMARY"] == title


@given(st.lists(st.one_of(st.text(max_size=20), st.integers(), st.none()), min_size=1, max_size=5))
def test_cells_come_back_and_none_is_a_formula(values: list[object]) -> None:
    text = io.StringIO(newline="")
    columns = [str(place) for place in range(len(values))]
    spreadsheet.write(text, columns, [dict(zip(columns, values, strict=True))])
    told = text.getvalue()
    assert told.startswith("\ufeff")
    _head, row = csv.reader(io.StringIO(told.removeprefix("\ufeff"), newline=""))
    for value, cell in zip(values, row, strict=True):
        if isinstance(value, str):
            assert cell.removeprefix("'") == value.removeprefix("'")
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        else:
            assert cell == ("" if value is None else str(value))


def shapes(drawn: str) -> ET.Element:
    tree = ET.fromstring(drawn)
    names = [one.get("id") for one in tree if one.tag in ("title", "desc")]
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == " ".join(names)
    assert "style" not in drawn.replace("class", "")
    return tree


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=50))
def test_plots_stay_inside_their_frame(values: list[tuple[int, int]]) -> None:
    instants = [BEGUN + timedelta(minutes=place) for place in range(len(values))]
    series = [Series("In <the> room", [one for one, _other in values]), Series("Remote", [one for _, one in values])]
    for tree in (
        shapes(plots.areas("a", "A & B", "over <time>", instants, series)),
        shapes(plots.bars("b", "A & B", "bars", [f"{one:%H:%M}" for one in instants], series)),
    ):
        assert tree.find("title").text == "A & B"
        for one in tree.findall("text[@class='place']"):
            assert plots.ROOM_FOR_LABEL / 2 <= float(one.get("x")) <= plots.WIDTH - plots.ROOM_FOR_LABEL / 2
        for one in tree.iter("polygon"):
            points = [tuple(map(float, point.split(","))) for point in one.get("points").split()]
            assert all(0 <= x <= plots.WIDTH and 0 <= y <= plots.HEIGHT for x, y in points)
        for one in tree.iter("rect"):
            x, y, width, height = (float(one.get(name)) for name in ("x", "y", "width", "height"))
            assert x >= plots.LEFT - 1
            assert x + width <= plots.WIDTH - plots.RIGHT + 1
            assert y + height == pytest.approx(plots.TOP + plots.PLOT_HEIGHT, abs=0.2)
            assert height >= 0


def test_bars_are_as_high_as_their_values() -> None:
    tree = shapes(plots.bars("b", "t", "d", ["1", "2"], [Series("x", [10, 5])]))
    ten, five = (float(one.get("height")) for one in tree.iter("rect"))
    assert ten == pytest.approx(2 * five, abs=0.2)
    assert [one.text for one in tree.iter("text")] == ["0", "3", "6", "9", "12", "1", "2"]


SCALES = [(0, 1), (1, 1), (3, 3), (4, 4), (5, 8), (9, 12), (11, 12), (21, 24), (200, 200), (201, 240)]


@pytest.mark.parametrize(("value", "top"), SCALES)
def test_scales_end_where_they_can_be_read(value: int, top: int) -> None:
    assert plots.ceiling(value) == top


def test_ranks() -> None:
    tens = [float(value) for value in range(10, 110, 10)]
    assert [nearest_rank(tens, 90), nearest_rank(tens[:1], 90), nearest_rank([], 90)] == [90.0, 10.0, None]


def test_lengths() -> None:
    assert [length_of(value) for value in (None, 8.6, 750, 3723)] == ["–", "0:09", "12:30", "1:02:03"]


DRESSED = Path(__file__).parents[2] / "apps/screens/static/screens/parts/now.js"


def test_kinds_wear_here_what_they_wear_on_the_screens() -> None:
    said = re.search(r"const HUE_OF_KIND = \{(.*?)\};", DRESSED.read_text())
    assert said
    assert dict(re.findall(r'(\w+): "(\w+)"', said[1])) == HUE_OF_KIND


TIMES = {
    "before the start": ({"starts_at_local": "12:45", "ends_at_local": "14:30"}, (None, "12:45–14:30", "12:45")),
    "a zone alone": (
        {"starts_at_local": "12:45", "timezone": "Europe/Vienna"},
        (None, "12:45 Europe/Vienna", "12:45"),
    ),
    "begun": ({"starts_at_local": "12:45", "started_at": BEGUN}, (DAY, "16:02 UTC", "16:05")),
    "over, where it is another day": (
        {"timezone": "Asia/Tokyo", "started_at": BEGUN, "ended_at": BEGUN + timedelta(hours=2)},
        (DAY + timedelta(days=1), "01:02–03:02 Asia/Tokyo", "01:05"),
    ),
    "the programme names the day": (
        SPANS["a zone"][0] | {"started_at": BEGUN - timedelta(days=1)},
        (DAY, "18:00–20:00 Europe/Vienna", "12:45"),
    ),
    "of no zone": ({"starts_on": DAY, "starts_at_local": "18:00", "started_at": BEGUN}, (DAY, "18:00", "12:45")),
    "a day alone": ({"starts_on": DAY, "timezone": "UTC"}, (DAY, "", "12:45")),
}


@pytest.mark.parametrize("name", TIMES)
def test_day_and_hours_are_both_planned_or_both_as_it_was(name: str) -> None:
    given_, told = TIMES[name]
    one = event(**given_)
    when = when_of(one)
    entered = one.started_at and one.started_at + timedelta(minutes=3)
    sheet = replace(SHEET, day=when.day, starts_at_local=when.starts, ends_at_local=when.ends, timezone=when.timezone)
    segment = SimpleNamespace(starts_at_local="12:45", entered_at=entered)
    assert (sheet.day, sheet.times, time_of(one, segment)) == told


def test_a_part_that_was_not_reached_has_no_time() -> None:
    segment = SimpleNamespace(starts_at_local="12:45", entered_at=None)
    assert time_of(event(started_at=BEGUN), segment) == ""
