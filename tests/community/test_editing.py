"""Editing a programme: ids stay, what has happened stays, nobody overwrites anybody, and every screen is told."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from apps.bowl import actions as bowls
from apps.core.refusal import Refusal
from apps.events import actions
from apps.events.models import Event
from apps.events.programme import parse
from apps.events.queries import segments_of
from tests.events.conftest import FOUNDING, Browser, Clock, Social
from tests.events.told import Screen, assert_said_is_true, stored

pytestmark = pytest.mark.django_db
Opened = Callable[..., Browser]
Programme = dict[str, Any]


def read(social: Social) -> Programme:
    return copy.deepcopy(actions.edited_programme(social.fresh())["programme"])


def save(social: Social, programme: Programme, version: int | None = None) -> dict[str, Any]:
    seen = social.fresh().programme_version if version is None else version
    return actions.edit_programme(social.event, programme, version=seen, by=social.hana)


def refused(social: Social, programme: Programme, version: int | None = None) -> dict[str, list[str]]:
    with pytest.raises(Refusal) as no:
        save(social, programme, version)
    assert no.value.code == "bad_programme"
    return no.value.fields


def ids(programme: Programme) -> list[str]:
    return [one["id"] for one in programme["segments"]]


@pytest.mark.parametrize("file", sorted(FOUNDING.parent.glob("*.toml")), ids=lambda file: file.stem)
def test_file_to_editor_to_file(social: Social, file: Any) -> None:
    shipped = parse(file.read_bytes())
    social.event = actions.create_event(shipped, "CDFGH")
    social.hana = actions.add_crew(social.event, "Hana", "host")
    shown = read(social)
    assert save(social, shown)["version"] == 1, "nothing to do"
    shown["title"] += " again"
    save(social, shown)
    assert actions.programme_of(social.fresh()) == {**shipped, "title": shipped["title"] + " again"}
    assert ids(read(social)) == ids(shown)


def test_an_edit_reaches_every_screen_and_keeps_ids(social: Social) -> None:
    social.press("start")
    screens = [Screen("BCDFG/public"), Screen("BCDFG/crew")]
    wanted = read(social)
    wanted["title"], wanted["about"]["tagline"] = "Renamed", "Another line"
    wanted["segments"][0]["prompts"].append({"text": "One more?"})
    wanted["segments"][0]["prompts"][1]["text"] = "Better said?"
    wanted["segments"][1]["title"] = "Stories"
    wanted["segments"].insert(2, {"kind": "break", "title": "Tea", "minutes": 5})
    last = wanted["segments"].pop()
    wanted["segments"].insert(1, last)
    answer = save(social, wanted)
    assert (answer["version"], answer["edited"]["by"]) == (2, "Hana")
    for screen in screens:
        screen.catch_up()
        assert screen.documents == stored(screen.stream)
    assert_said_is_true()
    public = screens[0].documents
    assert (public["event"]["title"], public["now"]["segment"]) == ("Renamed", wanted["segments"][0]["id"])
    found = public["programme"]["segments"]
    assert [one["title"] for one in found][:4] == ["Icebreaker", "The End!", "Stories", "Tea"]
    assert [one["id"] for one in found if one["title"] != "Tea"] == [
        one["id"] for one in wanted["segments"] if "id" in one
    ]
    assert found[0]["prompts"][1] == wanted["segments"][0]["prompts"][1]
    assert found[0]["prompts"][5]["text"] == "One more?"


def test_what_has_happened_stays(social: Social) -> None:
    social.press("start")
    social.press("next")
    wanted = read(social)
    without_past = {**wanted, "segments": wanted["segments"][1:]}
    assert refused(social, without_past) == {"segments": ["“Icebreaker” has begun and cannot be removed."]}
    without_current = {**wanted, "segments": [wanted["segments"][0], *wanted["segments"][2:]]}
    assert "segments" in refused(social, without_current)
    turned = {**wanted, "segments": [wanted["segments"][1], wanted["segments"][0], *wanted["segments"][2:]]}
    assert refused(social, turned) == {"segments[0]": ["What has happened stays in its order."]}
    other = copy.deepcopy(wanted)
    other["segments"][1] = {"id": other["segments"][1]["id"], "kind": "break", "title": "Tea", "minutes": 5}
    assert list(refused(social, other)) == ["segments[1].kind"]
    others = copy.deepcopy(wanted)
    del others["segments"][3:]
    save(social, others)
    assert len(segments_of(social.event)) == 3
    assert_said_is_true()


def test_the_clock_of_the_current_segment_is_the_consoles(social: Social) -> None:
    social.press("start")
    before = stored("BCDFG/public")["now"]
    wanted = read(social)
    wanted["segments"][0]["minutes"] += 10
    save(social, wanted)
    assert stored("BCDFG/public")["now"] == before


def test_the_prompt_that_is_shown_stays(social: Social) -> None:
    social.press("start")
    wanted = read(social)
    del wanted["segments"][0]["prompts"][0]
    assert refused(social, wanted) == {"segments[0].prompts": ["The prompt that is shown now cannot be removed."]}
    social.press("next_prompt")
    save(social, wanted)
    assert (
        social.press("previous_prompt")["now"]
        if False
        else stored("BCDFG/public")["now"]["prompt"] == (wanted["segments"][0]["prompts"][0]["id"])
    )


def test_a_bowl_with_a_name_in_it_stays_and_an_empty_one_goes(social: Social) -> None:
    social.press("start")
    named, empty = segments_of(social.event)[1:3]
    bowls.put_in(social.event, named.public_id, social.ada)
    wanted = read(social)
    del wanted["segments"][2]
    assert f"bowl/{empty.public_id}" in stored("BCDFG/public")
    save(social, wanted)
    assert f"bowl/{empty.public_id}" not in stored("BCDFG/public")
    assert_said_is_true()
    del wanted["segments"][1]
    assert refused(social, wanted) == {"segments": [f"“{named.title}” has begun and cannot be removed."]}


def test_an_open_mic_added_while_live_has_its_bowl(social: Social) -> None:
    social.press("start")
    wanted = read(social)
    wanted["segments"].append({"kind": "open_mic", "title": "Encore", "minutes": 10})
    made = save(social, wanted)["programme"]["segments"][-1]["id"]
    assert f"bowl/{made}" in stored("BCDFG/public")
    assert_said_is_true()


def test_what_people_relied_on_stays(social: Social) -> None:
    wanted = read(social)
    exercise = wanted["segments"][3]
    assert exercise["kind"] == "group_exercise"
    social.press("start")
    exercise["authors_for_crew"] = True
    save(social, wanted)
    social.press("enter", segment=exercise["id"])
    exercise["authors_for_crew"] = False
    assert list(refused(social, wanted)) == ["segments[3].authors_for_crew"]


def test_the_day_of_erasing_does_not_move(social: Social, moment: Clock) -> None:
    wanted = read(social)
    wanted["keep_days"] = 31
    assert list(refused(social, wanted)) == ["keep_days"]
    wanted["keep_days"] = 20
    save(social, wanted)
    social.press("start")
    for days in (19, 21):
        wanted["keep_days"] = days
        assert list(refused(social, wanted)) == ["keep_days"]


def test_two_editors_never_overwrite_each_other(social: Social, browser: Opened) -> None:
    hal = actions.add_crew(social.event, "Hal", "host")
    hana, his = browser(crew=social.hana), browser(crew=hal)
    seen = hana.ask("GET", "events/BCDFG/programme/").json()
    mine, theirs = copy.deepcopy(seen["programme"]), copy.deepcopy(seen["programme"])
    mine["title"], theirs["title"] = "Hers", "His"
    body = {"version": 1, "programme": mine}
    first = hana.ask("PUT", "events/BCDFG/programme/", body)
    assert (first.status_code, first.json()["version"]) == (200, 2)
    again = hana.ask("PUT", "events/BCDFG/programme/", body)
    assert again.json() == first.json(), "a request that came twice is one edit"
    second = his.ask("PUT", "events/BCDFG/programme/", {"version": 1, "programme": theirs})
    assert (second.status_code, second.json()) == (
        409,
        {"code": "edited_meanwhile", "message": "Hana saved another version of the programme meanwhile."},
    )
    kept = his.ask("PUT", "events/BCDFG/programme/", {"version": 2, "programme": theirs})
    assert (kept.json()["version"], kept.json()["edited"]["by"]) == (3, "Hal")
    assert actions.programme_of(social.fresh())["title"] == "His"


def test_an_undo_across_an_edit_is_exact_or_refused_plainly(social: Social, moment: Clock) -> None:
    social.press("start")
    before = stored("BCDFG/public")["now"]
    made = social.press("next")["move"]["id"]
    wanted = read(social)
    wanted["segments"][0]["title"] = "Only words"
    save(social, wanted)
    actions.undo(social.event, made, by=social.hana)
    assert {**stored("BCDFG/public")["now"], "step": 0} == {**before, "step": 0}
    made = social.press("next_prompt")["move"]["id"]
    wanted = read(social)
    # The state before the move names it.
    del wanted["segments"][0]["prompts"][0]
    save(social, wanted)
    with pytest.raises(Refusal) as no:
        actions.undo(social.event, made, by=social.hana)
    assert (no.value.code, no.value.message) == ("too_late_to_undo", "You edited the programme first.")
    with pytest.raises(Refusal) as no:
        social.press("next", from_step=social.fresh().step - 1)
    assert (no.value.code, no.value.message) == ("somebody_faster", "You edited the programme first.")
    assert social.press("next")["move"]["verb"] == "next"


STRANGE: dict[str, tuple[Callable[[Programme], object], str]] = {
    "an id of another": (lambda one: one["segments"][0].update(id="0h2k4m6p8r0t"), "segments[0].id"),
    "an id twice": (lambda one: one["segments"][1].update(id=one["segments"][0]["id"]), "segments[1].id"),
    "an id that is a list": (lambda one: one["segments"][0].update(id=[1], title="Other"), "segments[0].id"),
    "a prompt of another": (
        lambda one: one["segments"][1].update(prompts=one["segments"][0]["prompts"]),
        "segments[1].prompts",
    ),
    "a prompt without a text": (lambda one: one["segments"][0]["prompts"][0].pop("text"), "segments[0].prompts[0]"),
    "a prompt that is a number": (lambda one: one["segments"][0]["prompts"].append(7), "segments[0].prompts[5]"),
    "a segment that is a text": (lambda one: one["segments"].append("tea"), "segments[5]"),
    "minutes below nothing": (lambda one: one["segments"][2].update(minutes=-1), "segments[2].minutes"),
    "sizes the wrong way round": (
        lambda one: one["segments"][0].update(group_size={"smallest": 4, "largest": 3}),
        "segments[0].group_size.smallest",
    ),
    "a link to nowhere": (
        lambda one: one["segments"][4].update(links=[{"label": "A", "url": "javascript:1"}]),
        "segments[4].links[0].url",
    ),
    "no segments": (lambda one: one.update(segments=[]), "segments"),
    "segments of another kind": (lambda one: one.update(segments={}), "segments"),
}


@pytest.mark.parametrize(("spoil", "path"), STRANGE.values(), ids=STRANGE)
def test_nonsense_is_refused_with_its_path(social: Social, browser: Opened, spoil: Any, path: str) -> None:
    wanted = read(social)
    spoil(wanted)
    body = {"version": 1, "programme": wanted}
    answer = browser(crew=social.hana).ask("PUT", "events/BCDFG/programme/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_programme"), answer.content
    assert path in answer.json()["fields"]
    assert social.fresh().programme_version == 1
    assert actions.programme_of(social.fresh()) == parse(FOUNDING.read_bytes())


def test_the_bank_has_what_this_community_has_asked(social: Social, elsewhere: Social, browser: Opened) -> None:
    wanted = read(social)
    wanted["segments"][0]["prompts"] = [{"text": "Which bread do you bake?"}, {"text": "Which bread do you miss?"}]
    save(social, wanted)
    actions.host_event(actions.programme_of(social.fresh()), social.hana.user)
    theirs = copy.deepcopy(actions.edited_programme(elsewhere.fresh()))
    theirs["programme"]["segments"][0]["prompts"] = [{"text": "Which bread is yours alone?"}]
    actions.edit_programme(elsewhere.event, theirs["programme"], version=1, by=elsewhere.hana)

    def found(member: Any, code: str, like: str) -> list[str]:
        answer = browser(crew=member).ask("GET", f"events/{code}/prompts/?like={like}")
        return [one["text"] for one in answer.json()["prompts"]]

    assert sorted(found(social.hana, "BCDFG", "bread+which")) == [
        "Which bread do you bake?",
        "Which bread do you miss?",
    ], "each once, though two events have it, and nobody else's"
    assert found(social.hana, "BCDFG", "bake+miss") == []
    assert found(elsewhere.hana, "ZZZZZ", "bread") == ["Which bread is yours alone?"]


def test_an_edited_event_is_erased_like_any_other(social: Social) -> None:
    social.press("start")
    save(social, {**read(social), "title": "Short-lived"})
    actions.erase_event(social.event, by=social.hana)
    assert not Event.objects.exists()
