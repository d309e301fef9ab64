"""Two bowls on a console, a stage and five phones; a room that stirs, a speaker from afar, and no barriers."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import SIZES, Screens, barriers, shoot
from tests.servers.people import Evening

from .bowls import beside, bowl_of, console, draw, evening, milliseconds, phones, press, stage

__all__ = ["console", "evening", "phones", "stage"]
pytestmark = pytest.mark.browser


@pytest.mark.motion
def test_two_bowls_on_five_phones(phones: dict[str, Page], console: Page, stage: Page, evening: Evening) -> None:
    success, horror = "Success Stories", "Horror Stories"
    for name, phone in phones.items():
        beside(phone, success).locator("summary").click()
        if name == "Ada":
            beside(phone, success).get_by_label("What is it about?").fill("a merge at midnight")
        press(beside(phone, success), "Put my name in")
        expect(beside(phone, success).get_by_text("Your name is in the bowl.")).to_be_visible()
    press(beside(phones["Eva"], success), "Take my name out")
    expect(beside(phones["Eva"], success).get_by_role("button", name="Put my name in")).to_be_visible()

    console.keyboard.press("n")
    expect(stage.get_by_text("4 names in the bowl")).to_be_visible()
    console.get_by_text("Who is in the bowl").click()
    expect(console.locator(".slips")).to_contain_text("a merge at midnight")
    console.get_by_label("Name of somebody without a phone").fill("Gus")
    press(console, "Put it in")
    expect(console.locator(".slips li")).to_have_count(5)
    press(console, "Take out Gus")
    expect(console.locator(".slips li")).to_have_count(4)

    passes = draw(console)
    expect(stage.locator(".slip-large")).to_have_text(passes)
    press(phones[passes], "Not now, draw somebody else")
    expect(console.get_by_role("button", name="Draw a name")).to_be_visible()
    absent = draw(console)
    expect(phones[absent].get_by_role("heading", name="You're up")).to_be_visible()
    press(console, "Not here")
    expect(phones[absent].get_by_text("Your name is in the bowl.")).to_be_visible()
    first = draw(console)
    assert first not in (passes, absent)
    press(phones[first], "I'm coming")
    expect(console.get_by_role("group", name="Called")).to_contain_text("is coming")
    press(phones[first], "Start my time")
    expect(stage.locator(".speaking-name")).to_have_text(first)

    second = draw(console, "Draw the next name already")
    assert {passes, absent, first, second} == {"Ada", "Ben", "Cleo", "Dan"}
    expect(stage.get_by_text(f"Next is {second}.")).to_be_visible()
    expect(phones[second].get_by_role("heading", name="You're up")).to_be_visible()
    press(phones["Eva"], "Clap")
    expect(stage.get_by_text("1 clap")).to_be_visible()
    press(console.get_by_role("group", name="On stage"), "Pause")
    for screen in (
        stage.locator(".speaking-foot"),
        phones[first].locator(".my-turn"),
        console.locator(".bowl-console"),
    ):
        expect(screen.get_by_text("paused")).to_be_visible()
    before = milliseconds(bowl_of(evening)["draws"][2]["turn"]["ends_at"])
    press(console, "30 seconds more")
    press(console.get_by_role("group", name="On stage"), "Go on")
    expect(stage.locator(".speaking-foot").get_by_text("paused")).to_have_count(0)
    assert milliseconds(bowl_of(evening)["draws"][2]["turn"]["ends_at"]) >= before + 30_000
    press(phones[first], "I have finished")
    expect(phones[first].get_by_text("Thank you for your story.")).to_be_visible()
    press(console, "Start the story")
    press(console, "End the story")
    expect(stage.get_by_text("2 names in the bowl")).to_be_visible()

    console.keyboard.press("n")
    for phone in phones.values():
        expect(phone.get_by_role("heading", name=horror)).to_be_visible()
        verdict = beside(phone, success).get_by_text("This phone checked every draw: all hold.")
        expect(verdict).to_have_count(1)
    for name in (first, "Eva"):
        press(phones[name], "Put my name in")
        expect(phones[name].get_by_text("Your name is in the bowl.")).to_be_visible()
    # Whoever told a story waits while somebody waits who has not.
    assert draw(console) == "Eva"
    press(console, "Start the story")
    expect(phones[first].locator(".onstage")).to_contain_text("Eva")

    beside(phones["Dan"], success).locator("summary").click()
    press(beside(phones["Dan"], success), "How the draw works")
    sheet = phones["Dan"].get_by_role("dialog")
    expect(sheet.get_by_text("This phone checked every draw: all hold.")).to_be_visible()
    expect(sheet.locator(".records li")).to_have_text([re.compile(name) for name in (passes, absent, first, second)])
    shoot(phones["Dan"], "open-mic-proof")
    for link in ("Download the proof", "A short Python script that checks it"):
        address = sheet.get_by_role("link", name=link).evaluate("link => link.href")
        answer = phones["Dan"].request.get(address)
        assert answer.status == 200, link


@pytest.mark.motion
def test_the_room_stirs_and_ben_tells_from_afar(screens: Screens, evening: Evening, console: Page, stage: Page) -> None:
    """By the console's keys: a list, digits from the phones, a call that reaches a remote speaker, a title; a slip
    that was taken out between list and draw; and what a phone makes of the record."""
    evening.hana.press("start")
    evening.hana.press("next")
    here = f"bowls/{bowl_of(evening)['segment']}/"
    bens, adas = (screens.open(f"/{evening.code}/", one) for one in (evening.ben, evening.ada))
    bens.evaluate("window.buzzes = []; navigator.vibrate = (pattern) => Boolean(window.buzzes.push(pattern)); null")
    press(bens, "Put my name in")
    press(console, "Let the room stir first")
    expect(stage.get_by_text("Stir the bowl on your phone.")).to_be_visible()
    expect(stage.get_by_text(bowl_of(evening)["frozen"]["list"][:16])).to_be_visible()
    press(adas, "Stir the bowl")
    expect(stage.locator(".digits")).to_have_text(re.compile("^[0-9]$"))
    digit = stage.locator(".digits").inner_text()
    expect(adas.get_by_text(f"You stirred in a {digit}.")).to_be_visible()
    shoot(stage, "open-mic-stir-stage")
    shoot(console, "open-mic-stir-console")
    console.keyboard.press("d")
    expect(stage.locator(".slip-large")).to_have_text("Ben")
    expect(adas.locator(".onstage .paper")).to_have_text("Ben")
    expect(console.get_by_role("group", name="Called")).to_contain_text("remote")
    assert bowl_of(evening)["draws"][0]["beacon"] == digit
    expect(bens.get_by_role("heading", name="You're up")).to_be_visible()
    assert bens.evaluate("window.buzzes") == [[300, 150, 300, 150, 600]]
    link = bens.get_by_role("link", name="See the stage")
    assert link.get_attribute("href") == evening.stage
    expect(adas.get_by_role("link", name="See the stage")).to_have_count(0)

    console.keyboard.press("t")
    # At once: the list of keys follows the card beneath it.
    console.keyboard.press("?")
    expect(bens.locator(".big-clock .figures")).to_be_visible()
    for words in ("30 seconds more for the story", "end the story"):
        expect(console.get_by_role("dialog").get_by_text(words)).to_be_visible()
    console.keyboard.press("Escape")
    before = milliseconds(bowl_of(evening)["draws"][0]["turn"]["ends_at"])
    with console.expect_response(re.compile("extensions")):
        console.keyboard.press("m")
    assert milliseconds(bowl_of(evening)["draws"][0]["turn"]["ends_at"]) == before + 30_000
    console.keyboard.press("e")
    expect(bens.get_by_text("Thank you for your story.")).to_be_visible()
    expect(link).to_have_count(0)
    bens.get_by_label("Does your story have a title?").fill("A merge at midnight")
    shoot(bens, "open-mic-title")
    press(bens, "Put it in the keepsake")
    bens.reload()
    expect(bens.get_by_text("A merge at midnight")).to_be_visible()
    console.get_by_text("Titles for the keepsake").click()
    expect(console.get_by_role("button", name="Take out A merge at midnight")).to_be_visible()
    press(bens, "Take it out")
    expect(bens.get_by_label("Does your story have a title?")).to_be_visible()

    press(adas, "Put my name in")
    expect(adas.get_by_text("Your name is in the bowl.")).to_be_visible()
    press(console, "Let the room stir first")
    expect(adas.get_by_role("button", name="Stir the bowl")).to_be_visible()
    press(adas, "Take my name out")
    press(bens, "Stir the bowl")
    expect(console.locator(".digits")).to_have_text(re.compile("^[0-9]$"))
    console.keyboard.press("d")
    for screen in (stage, console, adas):
        expect(screen.get_by_text("One more draw.")).to_be_visible()
    assert [draw["outcome"] for draw in bowl_of(evening)["draws"]] == ["told", "withdrawn"]
    press(adas, "How the draw works")
    sheet = adas.get_by_role("dialog")
    expect(sheet.locator(".records li")).to_have_count(2)
    expect(sheet.locator(".records li").nth(0)).to_contain_text("Ben")
    expect(sheet.locator(".records li").nth(0)).not_to_contain_text("Your slip was in this draw.")
    expect(sheet.locator(".records li").nth(1)).to_contain_text("Your slip was in this draw.")
    expect(sheet.locator(".records li").nth(1)).to_contain_text("This phone saw the list before the value.")
    expect(sheet.get_by_text(bowl_of(evening)["draws"][1]["hash"])).to_be_visible()
    expect(sheet.get_by_text("The record holds so far.")).to_be_visible()
    shoot(adas, "open-mic-record")
    evening.hana.ask("DELETE", f"{here}opening/").raise_for_status()
    expect(sheet.get_by_text("This phone checked every draw: all hold.")).to_be_visible()


@pytest.mark.looks
def test_no_barriers_and_nothing_sideways(screens: Screens, evening: Evening) -> None:
    evening.hana.press("start")
    evening.hana.press("next")
    here = f"bowls/{bowl_of(evening)['segment']}/"
    opened = {
        "phone": screens.open(f"/{evening.code}/", evening.ada),
        "console": screens.open(f"/console/{evening.code}/", evening.hana, "console"),
        "stage": screens.open(evening.server.base + evening.stage, size="stage"),
    }
    found: dict[str, Any] = {}

    def look(state: str, sign: str) -> None:
        for kind, screen in opened.items():
            expect(screen.locator(sign).first).to_be_visible()
            shoot(screen, f"open-mic-{kind}-{state}")
            found[f"{kind}, {state}"] = barriers(screen, at_end=True)
            screen.evaluate("scrollTo(0, 0)")
            width = screen.evaluate("document.documentElement.scrollWidth")
            if width > SIZES[kind]["width"]:
                found[f"{kind}, {state}"].append(f"{width} px wide")

    look("open", ".open-mic, .bowl-console, .open-mic-stage")
    for person in (evening.ada, evening.ben):
        person.ask("PUT", f"{here}slips/mine/", {"teaser": "a merge at midnight"}).raise_for_status()
    evening.ben.ask("DELETE", f"{here}slips/mine/")
    evening.hana.ask("POST", f"{here}draws/", {"after": 0}).raise_for_status()
    look("called", ".my-turn, .bowl-console .card, .called-stage")
    evening.hana.ask("PUT", f"{here}draws/1/turn/").raise_for_status()
    evening.ben.ask("PUT", f"{here}slips/mine/", {})
    evening.hana.ask("POST", f"{here}draws/", {"after": 1}).raise_for_status()
    look("speaking", ".big-clock, .bowl-console .card.now, .speaking-stage")
    evening.hana.ask("DELETE", f"{here}draws/1/turn/").raise_for_status()
    look("next", ".onstage, .bowl-console .card, .called-stage")
    evening.hana.ask("DELETE", f"{here}opening/").raise_for_status()
    press(opened["phone"], "How the draw works")
    expect(opened["phone"].get_by_role("dialog").get_by_text("all hold")).to_be_visible()
    look("shown", "dialog[open] .proof, .bowl-console, .called-stage")
    assert {state: faults for state, faults in found.items() if faults} == {}
