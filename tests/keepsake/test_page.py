"""Who gets a keepsake, what stands on it, and what it is taken home as."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.fields.files import FieldFile
from icalendar import Calendar

from apps.events import actions as events
from apps.keepsake.models import PublicLink
from apps.tips import actions as tips
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Social

from .conftest import CANARIES, Evening, content, seen_in

Open = Callable[..., Browser]
FILES = ("", "keepsake.md", "keepsake.html")
# Not `&`: it is told as an entity in HTML and escaped in Markdown.
SHARED = ("Words", "Say thank you", "How a typo made us friends", "https://mlcollective.org/", "The three of us")


@pytest.mark.parametrize("file", FILES)
def test_everybody_there_takes_home_what_was_shown(evening: Evening, browser: Open, file: str) -> None:
    address = f"/BCDFG/keepsake/{file}"
    ada, cleo, dan = (
        content(browser(device=f"device-of-{name}").get(address)).decode() for name in ("ada", "cleo", "dan")
    )
    hana = content(browser(crew=evening.hana).get(address)).decode()
    for text in (ada, cleo, dan, hana):
        assert [one for one in SHARED if one not in text] == []
        assert seen_in(text) == []
    # Contacts are between the two who swapped them.
    assert [("ben@example.org" in text, "ada@example.org" in text) for text in (ada, cleo, dan, hana)] == [
        (True, False),
        (False, False),
        (False, False),
        (False, False),
    ]
    assert "ben@example.org" not in content(browser(device="device-of-ben").get(address)).decode()
    assert "ada@example.org" in content(browser(device="device-of-ben").get(address)).decode()


def test_what_is_no_longer_shown_is_gone_from_the_next_view(evening: Evening, browser: Open) -> None:
    ada = browser(device="device-of-ada")
    page = f"/{evening.event.code}/keepsake/"
    assert "Say thank you" in ada.get(page).content.decode()
    tips.decide(evening.event, evening.wall, evening.tips["unsigned"].public_id, by=evening.mo, verb=Verb.TAKE_DOWN)
    assert "Say thank you" not in ada.get(page).content.decode()
    tips.switch(evening.event, evening.wall, revealed=False)
    text = ada.get(page).content.decode()
    assert "you</b> agreed" not in text
    assert "agreed on" not in text
    assert "Words" not in text
    events.forget(evening.event, evening.ben)
    text = ada.get(page).content.decode()
    assert "ben@example.org" not in text
    assert "Ben" not in text


OTHERS = {
    "nobody": {},
    "somebody from another event": {"device": "device-of-zoe"},
    "the crew of another event": {"crew": "elsewhere"},
}


@pytest.mark.parametrize("who", OTHERS)
def test_others_are_told_what_is_told_of_nothing(evening: Evening, elsewhere: Social, browser: Open, who: str) -> None:
    given = OTHERS[who]
    asker = browser(crew=elsewhere.hana) if "crew" in given else browser(**given)
    crew_pages = ("/console/{}/report/", "/console/{}/export.zip")
    for path in ("/{}/keepsake/", *(f"/{{}}/keepsake/{file}" for file in (*FILES[1:], "event.ics")), *crew_pages):
        there, nowhere = asker.get(path.format("BCDFG")), asker.get(path.format("XXXXX"))
        assert (there.status_code, nowhere.status_code) == (404, 404), path
        assert without_nonce(there.content) == without_nonce(nowhere.content)


def without_nonce(page: bytes) -> bytes:
    return re.sub(rb'nonce="[^"]*"', b"", page)


def test_attendees_and_moderators_get_no_more_than_theirs(evening: Evening, browser: Open) -> None:
    ada, mo, hana = browser(device="device-of-ada"), browser(crew=evening.mo), browser(crew=evening.hana)
    report, export = "/console/BCDFG/report/", "/console/BCDFG/export.zip"
    got = {
        who: [status(one.get(path)) for path in (report, export)]
        for who, one in {"ada": ada, "mo": mo, "hana": hana}.items()
    }
    assert got == {"ada": [404, 404], "mo": [200, 404], "hana": [200, 200]}
    for one in (ada, mo):
        assert one.post("/BCDFG/keepsake/sharing/", {"do": "share"}).status_code == 404
    assert not PublicLink.objects.exists()
    events.remove(evening.event, evening.ada.public_id)
    assert ada.get("/BCDFG/keepsake/").status_code == 404


def status(answer: Any) -> int:
    # Read to its end, so that its file is closed.
    content(answer)
    return int(answer.status_code)


def test_headers(evening: Evening, browser: Open) -> None:
    page = browser(device="device-of-ada").get("/bcdfg/keepsake/", follow=True)
    assert page.redirect_chain == [("/BCDFG/keepsake/", 302)]
    assert "no-store" in page["Cache-Control"]
    # Only an attendee's page may be kept on a device, until the day of erasure.
    assert page["Keepsake-Until"] == evening.fresh().erased_on.isoformat()
    assert "Keepsake-Until" not in browser(crew=evening.hana).get("/BCDFG/keepsake/")
    for file in ("keepsake.md", "keepsake.html", "event.ics"):
        answer = browser(device="device-of-ada").get(f"/BCDFG/keepsake/{file}")
        content(answer)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("attachment; filename=")


def test_public_version(evening: Evening, browser: Open) -> None:
    hana, anybody = browser(crew=evening.hana), browser()
    switch = "/BCDFG/keepsake/sharing/"
    hana.post(switch, {"do": "share"})
    hana.post(switch, {"do": "share"})
    token = PublicLink.objects.get().token
    address = f"/keepsake/{token}/"
    assert address in hana.get("/BCDFG/keepsake/").content.decode()
    assert token not in browser(crew=evening.mo).get("/BCDFG/keepsake/").content.decode()
    page = anybody.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Keepsake-Until" not in page
    assert [one in text for one in ("Say thank you", "How a typo made us friends", "Rosanne Liu")] == [True] * 3
    assert seen_in(text) == []
    people = ("Ada", "Ben", "Cleo", "Dan", "@example.org", "The three of us", "<img", "BCDFG/keepsake")
    assert [one for one in people if one in text] == []
    # A second press that was meant for the old address does not make a third one.
    hana.post(switch, {"do": "renew", "token": token})
    hana.post(switch, {"do": "renew", "token": token})
    renewed = PublicLink.objects.get().token
    assert [anybody.get(f"/keepsake/{one}/").status_code for one in (token, renewed)] == [404, 200]
    hana.post(switch, {"do": "stop"})
    assert anybody.get(f"/keepsake/{renewed}/").status_code == 404
    assert hana.post(switch, {"do": "fly"}).status_code == 404


def test_the_file_fetches_nothing(evening: Evening, browser: Open) -> None:
    text = content(browser(device="device-of-ada").get("/BCDFG/keepsake/keepsake.html")).decode()
    assert "data:image/jpeg;base64,/9j/" in text
    assert "data:font/woff2;base64," in text
    links = set(re.findall(r'(?:src|href)="([^"]*)"', text)) | set(re.findall(r'url\("?([^")]*)', text))
    assert {link.partition(":")[0] for link in links} == {"data", "#lamplight", "https", "mailto"}
    assert [link for link in links if link.startswith("https")] == ["https://mlcollective.org/"]
    assert "<script" not in text
    assert "&lt;b&gt;you&lt;/b&gt;" in text


def test_pictures_of_a_file_are_bounded(evening: Evening, browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.keepsake.file.MOST_PICTURE_BYTES", 10)
    text = content(browser(device="device-of-ada").get("/BCDFG/keepsake/keepsake.html")).decode()
    assert "data:image" not in text
    assert "One more picture did not fit" in text


def test_a_picture_that_is_deleted_while_the_file_is_made_is_left_out(
    evening: Evening, browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = FieldFile.size.fget

    def deleted_after(file: FieldFile) -> int:
        told = size(file)
        file.storage.delete(file.name)
        return told

    monkeypatch.setattr(FieldFile, "size", property(deleted_after))
    answer = browser(device="device-of-ada").get("/BCDFG/keepsake/keepsake.html")
    text = content(answer).decode()
    assert answer.status_code == 200
    assert [one in text for one in ("<figure", "did not fit", "Say thank you")] == [False, False, True]


def test_the_page_tells_when_it_was_and_where_a_name_begins(evening: Evening, browser: Open) -> None:
    text = browser(device="device-of-ada").get("/BCDFG/keepsake/").content.decode()
    assert '<time datetime="2026-05-11">11 May 2026</time><span aria-hidden="true"> · </span>12:45–13:5' in text
    assert " UTC</p>" in text
    assert '<span class="by"><bdi>Ada</bdi></span>' in text


def test_calendar_of_a_started_event(evening: Evening, browser: Open) -> None:
    entry = Calendar.from_ical(browser(device="device-of-ada").get("/BCDFG/keepsake/event.ics").content).events[0]
    assert entry["SUMMARY"] == evening.event.title
    assert entry.start == evening.fresh().started_at
    assert entry["URL"] == "http://localhost/BCDFG/keepsake/"


def test_before_the_start_nobody_knows_the_day(social: Social, browser: Open) -> None:
    ada = browser(device="device-of-ada")
    assert ada.get("/BCDFG/keepsake/event.ics").status_code == 404
    page = ada.get("/BCDFG/keepsake/").content.decode()
    assert "event.ics" not in page
    assert CANARIES["covered wall"] not in page
