"""Programme files: a good one survives the round trip; a bad one is named by file, key and reason, writing nothing."""

import re
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.core.refusal import Refusal
from apps.events import actions, kinds, programme
from apps.events.kinds import KINDS, Kind
from apps.events.models import Event, Segment
from apps.events.programme import BadProgramme, Programme, dump, parse
from apps.live.models import Document

from .conftest import FOUNDING, Social

GOOD = """
title = "Open stage"
[[segments]]
kind = "open_mic"
title = "Stories"
minutes = 45
"""
PAGE = Path(programme.__file__).with_name("PROGRAMME.md")


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_founding_programme_survives_the_round_trip(db: None, founding: Programme) -> None:
    event = actions.create_event(founding)
    assert actions.programme_of(event) == founding
    assert parse(dump(actions.programme_of(event)).encode()) == founding


@pytest.mark.parametrize("file", sorted(FOUNDING.parent.glob("*.toml")), ids=lambda file: file.stem)
def test_every_programme_that_ships_is_good_and_its_minutes_add_up(db: None, file: Path) -> None:
    shipped = parse(file.read_bytes())
    assert actions.programme_of(actions.create_event(shipped)) == shipped
    clock = _minutes(shipped["starts_at_local"])
    for segment in shipped["segments"]:
        assert _minutes(segment["starts_at_local"]) == clock, segment["title"]
        clock += segment["minutes"]
    assert clock == _minutes(shipped["ends_at_local"])


def _minutes(local: object) -> int:
    hours, minutes = str(local).split(":")[:2]
    return int(hours) * 60 + int(minutes)


def test_the_founding_texts_are_unchanged(social: Social) -> None:
    raw = tomllib.loads(FOUNDING.read_text())
    segments = list(social.event.segments.all())
    assert [one.title for one in segments] == [one["title"] for one in raw["segments"]]
    assert segments[0].prompts.count() == 5
    assert [one.options["hue"] for one in segments] == ["coral", "leaf", "violet", "sun", "sky"]
    assert social.event.about["points"][3] == 'A "lab" where people meet, mentor, write, submit, peer-review, present…'


def test_load_and_dump_by_command(db: None, tmp_path: Path) -> None:
    code, stage = run("load_programme", str(FOUNDING), "--code", "bcd-fg").split()
    assert (code, stage[:13]) == ("BCDFG", "/stage/BCDFG.")
    copy = tmp_path / "copy.toml"
    copy.write_text(run("dump_programme", "bcdfg"))
    other = run("load_programme", str(copy)).split()[0]
    assert run("dump_programme", other) == copy.read_text()


def test_a_host_gets_a_sign_in_address(db: None) -> None:
    lines = run("load_programme", str(FOUNDING), "--code", "BCDFG", "--host", "Hana").split()
    assert re.fullmatch(r"/sign-in/\?token=[\w-]+&next=%2Fconsole%2FBCDFG%2F", lines[2])
    assert [(one.name, one.role) for one in Event.objects.get().crew.all()] == [("Hana", "host")]


def test_a_taken_code_and_a_strange_code(db: None) -> None:
    run("load_programme", str(FOUNDING), "--code", "BCDFG")
    for code, reason in [("BCDFG", "There is an event with this code"), ("HELLO", "A code has 5 letters of")]:
        with pytest.raises(CommandError, match=reason):
            run("load_programme", str(FOUNDING), "--code", code)
    assert Event.objects.count() == 1


def test_replacing_a_programme(social: Social, tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text(GOOD)
    run("load_programme", str(file), "--code", "BCDFG", "--replace")
    assert actions.programme_of(social.fresh()) == parse(GOOD.encode())
    assert social.event.attendees.count() == 2
    social.press("start")
    with pytest.raises(CommandError, match="has started"):
        run("load_programme", str(FOUNDING), "--code", "BCDFG", "--replace")
    with pytest.raises(CommandError, match="--replace needs --code"):
        run("load_programme", str(FOUNDING), "--replace")


SEGMENT = '[[segments]]\nkind = "open_mic"\ntitle = "Stories"\nminutes = 45\n'
BAD = {
    "no TOML": ("title = ", "", "is not TOML"),
    "a key twice": ('title = "A"\ntitle = "B"', "", "is not TOML"),
    "not UTF-8": (b'title = "\xff\xfe"', "", "is not UTF-8 (byte 9)"),
    "three megabytes": (b"#" * 3_000_000, "", "is larger than 256 KB"),
    "a bomb of brackets": ("a = " + "[" * 100_000, "", ""),
    "a number of 10,000 digits": ("a = " + "9" * 10_000, "", "is not TOML"),
    "nothing": ("", "title", "is missing"),
    "no title": (SEGMENT, "title", "is missing"),
    "no segments": ('title = "A"', "segments", "is missing"),
    "empty segments": ('title = "A"\nsegments = []', "segments", ""),
    "segments that are none": ('title = "A"\nsegments = [1]', "segments[0]", "is not a table"),
    "an unknown key": (f'title = "A"\ntitel = "B"\n{SEGMENT}', "titel", "is not a key that is known here"),
    "an unknown key in about": (f'title = "A"\n[about]\npoint = ["x"]\n{SEGMENT}', "about.point", "is not a key"),
    "a blank title": (f'title = "  "\n{SEGMENT}', "title", "is blank"),
    "a title of two lines": (f'title = "A\\nB"\n{SEGMENT}', "title", "cannot be shown"),
    "a title that turns round": (f'title = "A\\u202eB"\n{SEGMENT}', "title", "cannot be shown"),
    "a long title": (f'title = "{"x" * 201}"\n{SEGMENT}', "title", "has 201 characters, at most 200 fit"),
    "a title that is a number": (f"title = 7\n{SEGMENT}", "title", "7 is not a text"),
    "a null character": (f'title = "A\\u0000B"\n{SEGMENT}', "title", "cannot be shown"),
    "hosts that are one text": (f'title = "A"\nhosts = "Hana"\n{SEGMENT}', "hosts", "is not a list"),
    "a strange time": (f'title = "A"\nstarts_at_local = "25:00"\n{SEGMENT}', "starts_at_local", "not a time"),
    "a strange zone": (f'title = "A"\ntimezone = "Mars/Base"\n{SEGMENT}', "timezone", "is not a time zone"),
    "a strange day": (f'title = "A"\nstarts_on = "2024-02-31"\n{SEGMENT}', "starts_on", "is not a day"),
    "a day with a time": (f'title = "A"\nstarts_on = 2024-02-01T10:00:00\n{SEGMENT}', "starts_on", ""),
    "an unknown kind": (f'title = "A"\n{SEGMENT}'.replace("open_mic", "karaoke"), "segments[0].kind", "'karaoke'"),
    "no kind": (f'title = "A"\n{SEGMENT}'.replace('kind = "open_mic"', ""), "segments[0].kind", "is missing"),
    "negative minutes": (f'title = "A"\n{SEGMENT}'.replace("45", "-5"), "segments[0].minutes", "-5 is less than"),
    "minutes of a text": (
        f'title = "A"\n{SEGMENT}'.replace("45", '"45"'),
        "segments[0].minutes",
        "'45' is not a whole number",
    ),
    "minutes of truth": (
        f'title = "A"\n{SEGMENT}'.replace("45", "true"),
        "segments[0].minutes",
        "True is not a whole number",
    ),
    "broken minutes": (
        f'title = "A"\n{SEGMENT}'.replace("45", "45.0"),
        "segments[0].minutes",
        "45.0 is not a whole number",
    ),
    "too many minutes": (f'title = "A"\n{SEGMENT}'.replace("45", "601"), "segments[0].minutes", "601 is greater"),
    "an option of another kind": (f'title = "A"\n{SEGMENT}pictures = true', "segments[0].pictures", "is not a key"),
    "a strange option": (f'title = "A"\n{SEGMENT}story_minutes = 0', "segments[0].story_minutes", "0 is less than"),
    "a strange hue": (f'title = "A"\n{SEGMENT}hue = "mud"', "segments[0].hue", "'mud' is not one of"),
    "a prompt twice": (
        f'title = "A"\n{SEGMENT}prompts = ["Why?", "Why?"]',
        "segments[0].prompts",
        "has the same one twice",
    ),
    "a group upside down": (
        f'title = "A"\n{SEGMENT}group_size = {{ smallest = 3, largest = 2 }}'.replace("open_mic", "icebreaker"),
        "segments[0].group_size.smallest",
        "3 is more than the largest, 2",
    ),
    "a group without a largest": (
        f'title = "A"\n{SEGMENT}group_size = {{ smallest = 3 }}'.replace("open_mic", "icebreaker"),
        "segments[0].group_size.largest",
        "is missing",
    ),
    "a script for a link": (
        f'title = "A"\n{SEGMENT}links = [{{ label = "x", url = "javascript:alert(1)" }}]'.replace(
            "open_mic", "closing"
        ),
        "segments[0].links[0].url",
        "is not an address",
    ),
}


@pytest.mark.parametrize(("content", "key", "reason"), BAD.values(), ids=BAD)
def test_a_bad_file_is_named_with_key_and_reason(
    db: None, tmp_path: Path, content: str | bytes, key: str, reason: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError) as error:
        run("load_programme", str(file), "--host", "Hana")
    lines = str(error.value).split("\n")
    assert lines[0].startswith(f"{file}: ")
    wanted = [line for line in lines if line.startswith(f"{file}: {key}: " if key else f"{file}: ") and reason in line]
    assert wanted, lines
    assert (Event.objects.count(), Segment.objects.count(), Document.objects.count()) == (0, 0, 0)


def test_a_missing_file(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.toml: cannot be read"):
        run("load_programme", str(tmp_path / "nowhere.toml"))
    with pytest.raises(CommandError, match="cannot be read"):
        run("load_programme", str(tmp_path))


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadProgramme) as bad:
        parse(b'[[segments]]\nkind = "karaoke"\nminutes = -1')
    assert [key for key, _reason in bad.value.faults] == [
        "title",
        "segments[0].title",
        "segments[0].minutes",
        "segments[0].kind",
    ]


def test_the_dump_of_an_unknown_event(db: None) -> None:
    with pytest.raises(CommandError, match="No event has this code"):
        run("dump_programme", "ZZZZZ")


def test_a_kind_is_a_plug_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", KINDS)
    monkeypatch.setitem(KINDS, "poll", Kind("poll", "Poll", "poll/poll.js", {"choices": {"type": "array"}}))
    file = GOOD.replace("open_mic", "poll") + 'choices = ["a", "b"]'
    event = actions.create_event(parse(file.encode()))
    assert event.segments.get().options == {"choices": ["a", "b"]}
    with pytest.raises(ValueError, match="registered twice"):
        kinds.register(Kind("poll", "Poll", "another/poll.js"))


def test_random_codes_that_meet_a_taken_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["BCDFG", "BCDFG", "ZZZZZ"])
    monkeypatch.setattr("apps.events.actions.programming.new_join_code", lambda: next(codes))
    assert [actions.create_event(parse(GOOD.encode())).code for _time in range(2)] == ["BCDFG", "ZZZZZ"]


def test_no_free_code(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.events.actions.programming.new_join_code", lambda: "BCDFG")
    actions.create_event(parse(GOOD.encode()))
    with pytest.raises(Refusal, match="no_code"):
        actions.create_event(parse(GOOD.encode()))


def keys_of(heading: str) -> list[str]:
    text = PAGE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`", text, re.MULTILINE)


def test_the_page_names_every_key() -> None:
    assert keys_of("The event") == [*[key for key in programme.EVENT if key != "about"], "about", "segments"]
    assert keys_of("`[about]`") == list(programme.ABOUT)
    assert keys_of("`[[segments]]`") == list(programme.SEGMENT)
    rows = re.findall(
        r"^\| `(\w+)` \| (?:`(\w+)`)? ?\|", PAGE.read_text().split("## Kinds and their options")[1], re.MULTILINE
    )
    assert len(rows) == len(set(rows))
    assert {name for name, _option in rows} == set(KINDS)
    assert {(name, option) for name, kind in KINDS.items() for option in kind.options} <= set(rows)


def test_the_page_s_shortest_file_is_good() -> None:
    block = PAGE.read_text().split("```toml\n")[1].split("```")[0]
    assert parse(block.encode())["title"] == "Open stage"


def bounds(schema: Any) -> set[int]:
    """Every length, count and number that a schema holds a value to; what any file is bounded by stands at its top."""
    if not isinstance(schema, dict):
        return set()
    own = {schema[name] for name in ("maxLength", "maxItems", "minimum", "maximum") if name in schema}
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return own.union(*map(bounds, inner)) - {0, programme.MOST_BYTES}


def test_the_page_names_every_bound() -> None:
    text = PAGE.read_text()
    tables: dict[str, dict[str, Any]] = {
        "The event": {key: one for key, one in programme.EVENT.items() if key not in ("about", "logo")},
        "`[about]`": programme.ABOUT,
        "`[logo]`": programme.LOGO,
        "`[[segments]]`": programme.SEGMENT,
    }
    parts = {heading: text.split(f"\n## {heading}\n")[1].split("\n## ")[0] for heading in tables}
    said = [(schema, rf"`{key}`", parts[heading]) for heading, keys in tables.items() for key, schema in keys.items()]
    said += [(one, rf"`{kind.name}` \| `{key}`", text) for kind in KINDS.values() for key, one in kind.options.items()]
    missing = {}
    for schema, key, part in said:
        (row,) = re.findall(rf"^\| {key} \|.*", part, re.MULTILINE)
        if left := bounds(schema) - set(map(int, re.findall(r"\d+", row))):
            missing[key] = left
    assert missing == {}
    assert f"at most {programme.MOST_PROMPTS} in a programme" in text
    assert f"at most {programme.MOST_BYTES // 1024} KB" in text
