"""Every address, for everybody who may ask for it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings

from apps.core import limits
from apps.events import actions, stage
from tests.events.conftest import Social

pytestmark = pytest.mark.django_db
NO_STORE = "max-age=0, no-cache, no-store, must-revalidate, private"


def words(response: Any) -> str:
    """The heading and the sentence of a page without scripts."""
    return " ".join(response.content.decode().split())


def test_the_code_field(browser: Any) -> None:
    response = browser().get("/")
    assert (response.status_code, response.templates[0].name) == (200, "screens/home.html")
    assert "autofocus" in words(response)


@pytest.mark.parametrize("typed", ["bcdfg", "BCDFG", " b c-d fg "])
def test_a_code_as_people_type_it_leads_to_its_event(browser: Any, social: Social, typed: str) -> None:
    response = browser().get("/", {"code": typed})
    assert (response.status_code, response["Location"]) == (302, "/BCDFG/")


def test_an_unknown_code_says_so_and_keeps_what_was_typed(browser: Any, social: Social) -> None:
    response = browser().get("/", {"code": "xxxxx"})
    assert response.status_code == 404
    assert "No event has this code. Please check the letters." in words(response)
    assert 'value="XXXXX"' in words(response)


def test_an_event_in_small_letters_has_one_address(browser: Any, social: Social) -> None:
    response = browser().get("/bcdfg/")
    assert (response.status_code, response["Location"]) == (302, "/BCDFG/")


def test_a_visitor_sees_the_door_and_gets_a_device(browser: Any, social: Social, page_json: Any) -> None:
    visitor = browser()
    response = visitor.get("/BCDFG/")
    page = page_json(response)
    assert (response.status_code, response.templates[0].name) == (200, "screens/join.html")
    assert page["event"]["title"] == social.event.title
    assert "refusal" not in page
    assert page["snapshot"] == {"streams": {}}
    cookie = visitor.cookies[settings.DEVICE_COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    again = visitor.get("/BCDFG/")
    assert settings.DEVICE_COOKIE not in again.cookies, "a device keeps its cookie"


@pytest.mark.parametrize(
    ("verbs", "code", "sentence"),
    [
        (["close_joining"], "joining_closed", "The door is closed just now. Please ask a host."),
        (["start", "end"], "ended", "This event has ended."),
    ],
)
def test_a_closed_door_says_why(
    browser: Any, social: Social, page_json: Any, verbs: list[str], code: str, sentence: str
) -> None:
    for verb in verbs:
        social.press(verb)
    response = browser().get("/BCDFG/")
    assert page_json(response)["refusal"] == {"code": code, "message": sentence}


def test_a_full_event_says_so(browser: Any, social: Social, page_json: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.events.actions.attending.ATTENDEES_PER_EVENT", 2)
    response = browser().get("/BCDFG/")
    assert page_json(response)["refusal"] == {"code": "full", "message": "This event is full."}


def test_who_has_joined_sees_the_phone_even_when_the_door_is_closed(
    browser: Any, social: Social, page_json: Any
) -> None:
    social.press("close_joining")
    response = browser(device="device-of-ada").get("/BCDFG/")
    page = page_json(response)
    assert (response.status_code, response.templates[0].name) == (200, "screens/phone.html")
    assert (page["as"], page["code"]) == ("phone", "BCDFG")
    assert page["snapshot"]["streams"]["me"]["documents"]["attendee"]["name"] == "Ada"


def test_who_was_removed_is_told(browser: Any, social: Social) -> None:
    actions.remove(social.event, social.ada.public_id)
    response = browser(device="device-of-ada").get("/BCDFG/")
    assert (response.status_code, response.templates[0].name) == (403, "screens/refusal.html")
    assert "The hosts have removed you from this event." in words(response)


def test_crew_sees_their_own_events_only(browser: Any, social: Social, elsewhere: Social) -> None:
    response = browser(crew=social.hana).get("/console/")
    assert response.status_code == 200
    assert ("BCDFG" in words(response), "ZZZZZ" in words(response)) == (True, False)


CREWS = ["", "tips/", "crew/", "programme/", "rehearsal/"]


@pytest.mark.parametrize("page", CREWS)
def test_a_page_of_the_crew_has_one_address(browser: Any, social: Social, elsewhere: Social, page: str) -> None:
    response = browser(crew=social.hana).get(f"/console/bc-dfg/{page}")
    assert (response.status_code, response["Location"]) == (302, f"/console/BCDFG/{page}")
    # Whoever is not of its crew is not even told that there is one.
    assert browser(crew=elsewhere.hana).get(f"/console/bc-dfg/{page}").status_code == 404


@pytest.mark.parametrize("address", ["/console/", *(f"/console/BCDFG/{page}" for page in CREWS)])
def test_who_is_not_signed_in_is_asked_to(browser: Any, social: Social, address: str) -> None:
    response = browser().get(address)
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query) == {"next": [address]}


@pytest.mark.parametrize("name", ["hana", "mo"])
def test_the_console_of_hosts_and_moderators(browser: Any, social: Social, page_json: Any, name: str) -> None:
    member = getattr(social, name)
    response = browser(crew=member).get("/console/BCDFG/")
    page = page_json(response)
    assert (response.status_code, response.templates[0].name) == (200, "screens/console.html")
    assert page["as"] == "console"
    assert sorted(page["snapshot"]["streams"]) == ["crew", "me", "public"]
    assert page["snapshot"]["streams"]["me"]["documents"]["member"]["role"] == member.role


def test_another_events_console_is_not_there(browser: Any, social: Social, elsewhere: Social) -> None:
    response = browser(crew=elsewhere.hana).get("/console/BCDFG/")
    assert (response.status_code, response.templates[0].name) == (404, "screens/refusal.html")


def test_who_was_taken_off_the_crew_has_no_console(browser: Any, social: Social) -> None:
    hana = browser(crew=social.hana)
    actions.revoke(social.hana)
    assert hana.get("/console/BCDFG/").status_code == 404


def test_the_stage_needs_no_login_and_hears_what_is_public(browser: Any, social: Social, page_json: Any) -> None:
    response = browser().get(stage.address(social.event))
    page = page_json(response)
    assert (response.status_code, response.templates[0].name) == (200, "screens/stage.html")
    assert sorted(page["snapshot"]["streams"]) == ["me", "public"]
    assert page["token"] == stage.token(social.event)
    assert page["address"].startswith("localhost") or page["address"][0].isdigit()


def test_an_old_stage_link_is_told_to_be_old(browser: Any, social: Social) -> None:
    old = stage.address(social.event)
    actions.renew_stage_link(social.event)
    response = browser().get(old)
    assert response.status_code == 404
    assert "This stage link is no longer valid. The console shows the new one." in words(response)


def test_the_stages_code_as_a_picture_is_for_the_crew(browser: Any, social: Social, elsewhere: Social) -> None:
    response = browser(crew=social.mo).get("/console/BCDFG/stage.svg")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response.content.startswith(b"<svg ")
    assert browser(crew=elsewhere.hana).get("/console/BCDFG/stage.svg").status_code == 404
    assert browser().get("/console/BCDFG/stage.svg").status_code == 404


def test_a_sign_in_link_works_once_and_only_by_its_button(browser: Any, social: Social) -> None:
    address = actions.new_sign_in_address(social.hana)
    given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    hana = browser()
    for _preview in range(3):
        assert hana.get(address).status_code == 200
        assert hana.get("/console/BCDFG/").status_code == 302
    response = hana.post("/sign-in/", given)
    assert (response.status_code, response["Location"]) == (302, "/console/BCDFG/")
    assert hana.get("/console/BCDFG/").status_code == 200
    second = browser().post("/sign-in/", given)
    assert second.status_code == 403
    assert "It was used already, or it is too old." in words(second)
    # Whoever is signed in already goes on.
    assert "Go on as Hana" in words(hana.post("/sign-in/", given))


@pytest.mark.parametrize(
    "onwards", ["https://example.org/", "//example.org/", "javascript:alert(1)", "console", "\\\\x"]
)
def test_signing_in_never_leads_elsewhere(browser: Any, social: Social, onwards: str) -> None:
    given = parse_qs(urlsplit(actions.new_sign_in_address(social.hana)).query)
    response = browser().post("/sign-in/", {"token": given["token"][0], "next": onwards})
    assert (response.status_code, response["Location"]) == (302, "/console/")


@pytest.mark.usefixtures("moment")
def test_a_guessed_token_is_refused_and_guessing_is_slowed(browser: Any, social: Social) -> None:
    codes = [browser().post("/sign-in/", {"token": "guess"}).status_code for _n in range(limits.SIGN_IN.capacity + 1)]
    assert codes == [403] * limits.SIGN_IN.capacity + [429]


def test_the_sign_in_page_without_a_link_says_how_to_get_one(browser: Any) -> None:
    assert "one-time sign-in link" in words(browser().get("/sign-in/"))


def test_signing_in_needs_our_own_form(social: Social) -> None:
    given = parse_qs(urlsplit(actions.new_sign_in_address(social.hana)).query)
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = strict.post("/sign-in/", {"token": given["token"][0]})
    assert (response.status_code, response.templates[0].name) == (403, "screens/refusal.html")


@pytest.mark.parametrize(
    "address", ["/", "/?code=xxxxx", "/BCDFG/", "/console/", "/sign-in/", "/stage/x/", "/XXXXX/", "/healthz", "/readyz"]
)
def test_pages_are_never_kept_by_a_cache(browser: Any, social: Social, address: str) -> None:
    assert browser().get(address)["Cache-Control"] == NO_STORE


def test_personal_pages_are_never_kept_by_a_cache(browser: Any, social: Social) -> None:
    assert browser(device="device-of-ada").get("/BCDFG/")["Cache-Control"] == NO_STORE
    assert browser(crew=social.hana).get("/console/BCDFG/")["Cache-Control"] == NO_STORE
    assert browser().get(stage.address(social.event))["Cache-Control"] == NO_STORE


@pytest.mark.parametrize("address", ["/nope/", "/BCDFG/nope/", "/stage/", "/console/BCDFG/nope/", "/bcd/", "/bcdfgh/"])
def test_what_is_not_there_is_a_designed_page(browser: Any, social: Social, address: str) -> None:
    response = browser().get(address)
    assert (response.status_code, response.templates[0].name) == (404, "screens/refusal.html")


def test_below_api_a_missing_route_answers_in_the_apis_shape(browser: Any) -> None:
    response = browser().get("/api/v1/nope/")
    assert (response.status_code, sorted(response.json())) == (404, ["code", "message"])


def test_trouble_of_ours_is_a_designed_page_too(browser: Any, social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("apps.screens.views.identify", broken)
    client = browser()
    client.raise_request_exception = False
    response = client.get("/BCDFG/")
    assert (response.status_code, response.templates[0].name) == (500, "screens/refusal.html")
    assert "a secret detail" not in words(response)


def test_health(browser: Any) -> None:
    assert browser().get("/healthz").json() == {"status": "ok"}
    assert browser().get("/readyz").json() == {"status": "ok"}


def test_pages_answer_to_reading_only(browser: Any, social: Social) -> None:
    for address in ("/", "/BCDFG/", "/console/", "/console/BCDFG/", stage.address(social.event)):
        assert browser().post(address).status_code == 405, address


@override_settings(ORIGINS=["https://social.example.org"])
def test_the_qr_code_leads_where_others_can_reach_us(browser: Any, social: Social, page_json: Any) -> None:
    page = page_json(browser(crew=social.hana).get("/console/BCDFG/"))
    assert (page["origin"], page["address"]) == ("https://social.example.org", "social.example.org")
