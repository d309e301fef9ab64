"""The founding event on seven screens: a console, a stage and five phones, through every segment and every prompt."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.servers.chromium import Screens, meddle
from tests.servers.people import Evening, Person

from .test_console import settled

pytestmark = [pytest.mark.browser, pytest.mark.both, pytest.mark.motion]

TITLES = (
    "Icebreaker",
    "Open-Mic “Success Stories”",
    "Open-Mic “Horror Stories”",
    "Group Exercise “What now?”",
    "The End!",
)
PROMPTS = (
    "What inspired you to enter the field of AI research",
    "What is one area of AI research you believe is currently underexplored",
    "If you could collaborate with any researcher or pioneer in AI",
    "What's one recent AI paper or project that excited you",
    "Outside of AI, what hobbies or interests do you enjoy",
)


@pytest.fixture
def crowd(evening: Evening) -> Iterator[list[Person]]:
    """Ada, Ben and three more."""
    more = [Person(name, evening.server.other, evening.code).join() for name in ("Cleo", "Dan", "Eva")]
    yield [evening.ada, evening.ben, *more]
    for person in more:
        person.client.close()


@pytest.fixture
def phone(screens: Screens, evening: Evening) -> Callable[..., Page]:
    def opened(person: Person | None = None) -> Page:
        return screens.open(f"/{evening.code}/", person or evening.ada)

    return opened


def test_every_segment_and_every_prompt_on_seven_screens(
    screens: Screens, evening: Evening, crowd: list[Person], phone: Callable[..., Page]
) -> None:
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    phones = [phone(person) for person in crowd]
    for one in phones:
        expect(one.get_by_text("You're in")).to_be_visible()
    expect(stage.get_by_text("What is ML Collective")).to_be_visible()
    expect(stage.locator(".present")).to_contain_text("5")
    lead = console.locator(".lead-button")
    for title in TITLES:
        lead.click()
        for screen in (stage, *phones):
            expect(screen.locator("main, header").filter(has_text=title).first).to_be_visible()
        expect(console.locator(".now-card h1")).to_contain_text(title)
        settled(console)
        if title == TITLES[0]:
            through_the_prompts(console, stage, phones)
    lead.click()
    console.get_by_role("dialog").get_by_role("button", name="End the event").click()
    for one in phones:
        expect(one.get_by_text("Thank you for being here.")).to_be_visible()
    expect(stage.get_by_text("The End!").first).to_be_visible()


def through_the_prompts(console: Page, stage: Page, phones: list[Page]) -> None:
    for number, prompt in enumerate(PROMPTS, start=1):
        for screen in (stage, *phones):
            expect(screen.get_by_text(prompt)).to_be_visible()
        expect(stage.locator(".now-title")).to_contain_text(f"Icebreaker · Q{number}")
        if number < len(PROMPTS):
            console.keyboard.press("ArrowRight")
            expect(console.locator(".now-card h1")).to_have_text(f"Icebreaker · Q{number + 1}")
            settled(console)


def test_somebody_joins_by_the_door_and_is_the_same_after_a_reload(screens: Screens, evening: Evening) -> None:
    page = screens.open(f"{evening.server.other}/{evening.code.lower()}/")
    page.get_by_label("Your name").fill("Muhammad ibn Musa al-Khwarizmi")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("You're in, Muhammad ibn Musa al-Khwarizmi.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You're in, Muhammad ibn Musa al-Khwarizmi.")).to_be_visible()
    snapshot = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["crew"]["documents"]
    assert len([key for key in snapshot if key.startswith("attendees/")]) == 3


def test_a_phone_without_a_network_says_so_and_catches_up(evening: Evening, phone: Callable[..., Page]) -> None:
    """The line is cut for good (`set_offline` alone would only pause an open websocket)."""
    evening.hana.press("start")
    page = phone()
    mend = cut_lines(page)
    page.reload()
    expect(page.locator(".notice")).to_be_visible()
    expect(page.get_by_text("When last heard from")).to_be_visible()
    evening.hana.press("next")
    mend()
    expect(page.get_by_role("heading", name=TITLES[1])).to_be_visible()
    expect(page.locator(".notice")).to_have_count(0)


def cut_lines(page: Page) -> Callable[[], None]:
    """No websocket holds from the next load on, until what is returned is called."""
    is_cut = [True]
    page.route_web_socket(
        re.compile("/live/"), lambda socket: socket.close() if is_cut else socket.connect_to_server() and None
    )
    return is_cut.clear


@pytest.mark.looks
def test_a_black_hole_is_found_out_and_left(evening: Evening, phone: Callable[..., Page]) -> None:
    """Frames stop, nothing is closed: the phone must not go on showing an old picture as live."""
    evening.hana.press("start")
    page = phone()
    holes: list[WebSocketRoute] = []

    def swallow(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        if holes:
            return
        holes.append(socket)
        heard: list[int] = []
        server.on_message(lambda message: socket.send(message) if len(heard) < 3 and not heard.append(1) else None)

    page.clock.install()
    page.route_web_socket(re.compile("/live/"), swallow)
    page.reload()
    expect(page.get_by_text(PROMPTS[0])).to_be_visible()
    evening.hana.press("next")
    page.clock.run_for(16_000)
    expect(page.get_by_text("When last heard from")).to_be_visible()
    page.clock.run_for(12_000)
    page.clock.resume()
    expect(page.get_by_role("heading", name=TITLES[1])).to_be_visible()
    expect(page.get_by_text("When last heard from")).to_have_count(0)


@pytest.mark.looks
def test_a_phone_that_wakes_asks_at_once(evening: Evening, phone: Callable[..., Page]) -> None:
    """A sleeping phone's line is dead without its knowing; the first thing on waking is to try it."""
    evening.hana.press("start")
    page = phone()
    first: list[WebSocketRoute] = []
    dead: list[bool] = []

    def sleep(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        first.append(socket)
        server.on_message(lambda message: None if dead and socket is first[0] else socket.send(message))

    page.route_web_socket(re.compile("/live/"), sleep)
    page.reload()
    expect(page.get_by_text(PROMPTS[0])).to_be_visible()
    dead.append(True)
    evening.hana.press("next")
    expect(page.get_by_text(PROMPTS[0])).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name=TITLES[1])).to_be_visible()


@pytest.mark.looks
def test_the_stage_keeps_its_last_picture_and_says_so(screens: Screens, evening: Evening) -> None:
    evening.hana.press("start")
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    expect(stage.get_by_text(PROMPTS[0])).to_be_visible()
    cut_lines(stage)
    stage.clock.install()
    stage.reload()
    stage.clock.run_for(9_000)
    expect(stage.get_by_text("Connection lost. This is the last picture.")).to_be_visible()
    expect(stage.get_by_text(PROMPTS[0])).to_be_visible()


def test_leaving_coming_back_and_being_forgotten(evening: Evening, phone: Callable[..., Page]) -> None:
    page = phone()
    page.get_by_role("button", name="You", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You have left")).to_be_visible()
    page.get_by_role("button", name="Come back").click()
    expect(page.get_by_text("You're in, Ada.")).to_be_visible()
    page.get_by_role("button", name="You", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Forget me").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page).to_have_url(evening.server.other + "/")
    assert evening.ada.ask("GET", "me/").status_code == 403


@pytest.mark.looks
def test_a_card_that_could_not_be_fetched_comes_by_itself(evening: Evening, screens: Screens) -> None:
    """A segment lasts longer than bad Wi-Fi: until then the plain card says what to do."""
    page = screens.open("/healthz", evening.ada)
    asked: list[str] = []

    def fetch(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) < 3:
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/static/matching/icebreaker\."), fetch)
    page.goto(f"{evening.ada.base}/{evening.code}/")
    evening.hana.press("start")
    expect(page.get_by_text(PROMPTS[0])).to_be_visible()
    expect(page.get_by_role("button", name="Leave me out")).to_be_visible()
    assert len(asked) == 3
    screens.complaints = [one for one in screens.complaints if "could not be loaded" not in one]


def test_a_phone_that_loses_its_network_in_its_first_second_has_all_its_cards_once_it_is_back(
    evening: Evening, phone: Callable[..., Page]
) -> None:
    """The cards beside come a moment after the page: they are waited for, and nothing is complained of."""
    page = phone()
    page.context.set_offline(True)
    page.get_by_role("button", name="You", exact=True).click()
    page.wait_for_timeout(3_000)
    page.context.set_offline(False)
    expect(page.get_by_role("dialog").get_by_role("button", name="Forget me")).to_be_visible()


@pytest.mark.looks
def test_a_server_that_cannot_answer_now_is_not_passed_over_in_silence(
    evening: Evening, phone: Callable[..., Page]
) -> None:
    page = phone()
    meddle(page, "**/me/departure/", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="You", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_text("Not sent yet. Your phone keeps it and tries again by itself.")).to_be_visible()
    page.unroute("**/me/departure/")
    expect(page.get_by_text("You have left")).to_be_visible()
    expect(page.get_by_text("Not sent yet.")).to_have_count(0)
