"""Who is spoken to in which language: an event decides for its phones and its stage, each device for itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from apps.events import stage
from apps.events.models import Event
from apps.events.socket import admission
from apps.live.upward import Hello
from apps.screens.words import phone_texts, phone_words, words
from tests.events.conftest import Social
from tests.events.test_attending import cookies_of
from tests.keepsake.conftest import content
from tests.site.messages import JS_CALL, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
FRENCH = {"accept-language": "fr-CA,fr;q=0.9"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What a test leaves behind in this thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def german(social: Social) -> Social:
    Event.objects.filter(pk=social.event.pk).update(language="de-AT")
    return social


def speaks(response: Any) -> tuple[str, str]:
    """`lang` and `dir` of a page."""
    head = response.content.decode().partition("<html ")[2].partition(">")[0]
    return head.split('lang="')[1].split('"')[0], head.split('dir="')[1].split('"')[0]


def choose(device: Any, language: str) -> Any:
    device.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return device


def test_a_phone_speaks_the_events_language(browser: Any, german: Social, page_json: Any) -> None:
    door = browser().get("/BCDFG/", headers=FRENCH)
    ada = browser("device-of-ada").get("/BCDFG/", headers=FRENCH)
    assert (speaks(door), speaks(ada)) == (("de", "ltr"), ("de", "ltr"))
    assert (page_json(ada)["language"], page_json(ada)["words"]["Join"]) == ("de", "Mitmachen")
    assert ada["Content-Language"] == "de"


def test_a_device_may_choose_another_one(browser: Any, german: Social, page_json: Any) -> None:
    ada = choose(browser("device-of-ada"), "ar").get("/BCDFG/", headers=FRENCH)
    assert (speaks(ada), page_json(ada)["language"]) == (("ar", "rtl"), "ar")


def test_where_the_events_language_is_none_of_ours_the_browsers_is_next(browser: Any, social: Social) -> None:
    Event.objects.filter(pk=social.event.pk).update(language="fi")
    assert speaks(browser().get("/BCDFG/", headers=FRENCH)) == ("fr", "ltr")
    assert speaks(browser().get("/BCDFG/", headers={"accept-language": "fi"})) == ("en", "ltr")


def test_the_stage_speaks_the_events_language_whoever_opens_it(browser: Any, german: Social) -> None:
    projector = choose(browser(), "ar")
    assert speaks(projector.get(stage.address(german.event), headers=FRENCH)) == ("de", "ltr")


def test_the_crews_screens_follow_the_person(browser: Any, german: Social) -> None:
    for address in ("/console/", "/console/BCDFG/", "/console/BCDFG/report/"):
        hana = browser(crew=german.hana)
        assert speaks(hana.get(address, headers=FRENCH)) == ("fr", "ltr"), address
        assert speaks(choose(hana, "ar").get(address, headers=FRENCH)) == ("ar", "rtl"), address


def test_a_refusal_is_in_the_askers_language(browser: Any, german: Social) -> None:
    visitor = browser()
    said = [visitor.ask("GET", "events/BCDFG/snapshot/?as=phone").json()["message"]]
    said.append(choose(visitor, "ar").ask("GET", "events/BCDFG/snapshot/?as=phone").json()["message"])
    assert said == ["Bitte mach zuerst mit.", "انضم أولًا من فضلك."]


@pytest.mark.parametrize(("chose", "language"), [("", "de"), ("ar", "ar"), ("xx", "de")])
def test_a_socket_is_spoken_to_as_its_page(german: Social, chose: str, language: str) -> None:
    scope = cookies_of("device-of-ada")
    scope["cookies"][settings.LANGUAGE_COOKIE_NAME] = chose
    assert admission({"url_route": {"kwargs": {"code": "BCDFG"}}, **scope}, Hello("phone")).language == language


def test_the_keepsake_and_its_public_version_speak_the_events_language(browser: Any, german: Social) -> None:
    german.press("start")
    hana = browser(crew=german.hana)
    hana.post("/BCDFG/keepsake/sharing/", {"do": "share"})
    address = hana.get("/BCDFG/keepsake/").context["sharing"]["address"]
    ada = browser("device-of-ada")
    assert speaks(ada.get("/BCDFG/keepsake/", headers=FRENCH)) == ("de", "ltr")
    assert "Programm</h2>" in content(ada.get("/BCDFG/keepsake/keepsake.html", headers=FRENCH)).decode()
    assert speaks(browser().get(address, headers=FRENCH)) == ("de", "ltr")
    assert speaks(choose(ada, "ar").get("/BCDFG/keepsake/")) == ("ar", "rtl")


def test_what_is_not_theirs_is_not_told_by_its_language(browser: Any, german: Social) -> None:
    there, nowhere = (browser().get(f"/{code}/keepsake/", headers=FRENCH) for code in ("BCDFG", "XXXXX"))
    assert (there.status_code, speaks(there), speaks(nowhere)) == (404, ("fr", "ltr"), ("fr", "ltr"))


def test_choosing_keeps_a_cookie_and_leads_back(browser: Any, german: Social) -> None:
    ada = browser("device-of-ada")
    page = ada.get("/language/", {"next": "/BCDFG/"})
    assert [name in page.content.decode() for _code, name in settings.LANGUAGES] == [True] * 7
    answer = ada.post("/language/", {"language": "ar", "next": "/BCDFG/"})
    assert (answer.status_code, answer["Location"]) == (302, "/BCDFG/")
    kept = ada.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (kept.value, kept["httponly"], kept["samesite"]) == ("ar", True, "Lax")
    assert speaks(ada.get("/BCDFG/")) == ("ar", "rtl")


def test_choosing_leads_nowhere_else(browser: Any) -> None:
    page = browser().get("/language/", {"next": "https://example.org/"})
    assert 'name="next" value="/"' in page.content.decode()
    answer = browser().post("/language/", {"language": "de", "next": "https://example.org/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_phone_gets_the_words_of_its_own_scripts_alone() -> None:
    whole, table = words("de")
    own, same = phone_words("de")
    assert (same, own.items() <= whole.items(), len(own) < len(whole) / 2) == (table, True, True)
    assert "Stir the bowl" in own, "what is fetched later has its words at once"
    # Whatever is called after phones is needed by them.
    for script in ROOT.glob("apps/*/static/**/phone.js"):
        missing = {one.strip('"') for _kind, one, _many in JS_CALL.findall(script.read_text())} - phone_texts()
        assert missing == set(), script
