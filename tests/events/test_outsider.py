"""Nobody sees what is not theirs: canaries in every private text, and Zoe at another event."""

from typing import Any

from apps.events import actions
from apps.live import queries, streams
from apps.live.models import Document, Stream

from .conftest import Social
from .test_refetch import ACTIONS

NAME, SPOT = "Canary-4711", "Perch-0815"


def bodies(stream: str) -> str:
    return "".join(queries.snapshot(stream).documents.values())


def versions(code: str) -> dict[str, int]:
    return dict(Stream.objects.filter(scope=code).values_list("name", "version"))


def test_zoe_hears_nothing_of_it(social: Social, elsewhere: Social) -> None:
    before, texts = versions("ZZZZZ"), rows_of("ZZZZZ")
    assert "Zoe" in bodies(streams.attendee("ZZZZZ", elsewhere.ada.public_id))
    for act in ACTIONS.values():
        act(social)
    assert versions("ZZZZZ") == before
    assert rows_of("ZZZZZ") == texts


def rows_of(code: str) -> list[Any]:
    return list(Document.objects.filter(stream__scope=code).order_by("pk").values_list("key", "version", "body"))


def test_names_and_spots_go_to_the_crew_and_their_owner_only(social: Social) -> None:
    canary = actions.join(social.event, "device-of-canary", name=NAME, spot=SPOT)[0]
    entitled = {streams.crew("BCDFG"), streams.attendee("BCDFG", canary.public_id)}
    actions.replace_programme(social.event, actions.programme_of(social.fresh()))
    for name, act in [("", lambda _social: None), *ACTIONS.items()]:
        act(social)
        holding = {
            stream
            for stream in Stream.objects.values_list("name", flat=True)
            if NAME in bodies(stream) or SPOT in bodies(stream)
        }
        assert holding == (set() if name == "erase_event" else entitled)


def test_the_stage_s_address_is_the_crew_s_alone(social: Social) -> None:
    token = social.event.stage_id
    holding = {name for name in Stream.objects.values_list("name", flat=True) if token in bodies(name)}
    assert holding == {streams.crew("BCDFG")}


def test_database_ids_and_devices_never_leave(social: Social) -> None:
    social.press("start")
    everything = "".join(body or "" for body in Document.objects.values_list("body", flat=True))
    assert social.ada.device_hash not in everything
    assert social.event.device_salt not in everything
    assert '"pk"' not in everything
