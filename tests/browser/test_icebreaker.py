"""The icebreaker on seven phones over five prompts: late, gone, silent, asleep, remote, swapped; no barriers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_founding import cut_lines
from tests.servers.chromium import SIZES, barriers, shoot
from tests.servers.daphne import Server

from .party import Party, gathering, sees

__all__ = ["gathering"]
pytestmark = pytest.mark.browser


def half_a_minute_without_a_word(server: Server, name: str, code: str) -> None:
    """The last note of a phone whose line is gone, as old as it would be after 31 seconds of waiting."""
    server.manage(
        (
            "shell",
            "--verbosity=0",
            "--command=from datetime import timedelta\n"
            "from apps.events.models import Attendee\n"
            f"one = Attendee.objects.get(event__code={code!r}, name={name!r})\n"
            "Attendee.objects.filter(pk=one.pk).update(seen_at=one.seen_at - timedelta(seconds=31))",
        )
    )


@pytest.mark.motion
def test_seven_phones_over_five_prompts(gathering: Callable[..., Party]) -> None:
    party = gathering()
    console = party.console
    party.arrive("Ada", "Cleo", "Dan", "Eva")
    party.arrive("Ben", "Gus", remote=True)
    for page in party.phones.values():
        expect(page.get_by_text("Groups come when the host opens a round.")).to_be_visible()

    # The first prompt: the two remote ones together, with a link; somebody comes late and joins a pair.
    party.open_round()
    before = party.everybody_sees_their_group()
    assert {len(group) for group in before} == {2}
    assert frozenset({"Ben", "Gus"}) in before
    call = party.phones["Ben"].get_by_role("link", name="Open the video call")
    expect(call).to_have_attribute("href", re.compile(r"https://meet\.example/\w{24}"))
    party.arrive("Fay")
    expect(party.phones["Fay"].locator(".my-group")).to_be_visible()
    after = party.everybody_sees_their_group()
    assert len(before & after) == 2
    assert sorted(map(len, after)) == [2, 2, 3]

    # The host swaps two by hand; the two remote ones stay as they are.
    pair, three = sorted((group for group in after if "Ben" not in group), key=len)
    swapped = {min(pair), min(three)}
    console.get_by_text("Who is with whom").click()
    console.get_by_role("button", name=min(pair)).click()
    expect(console.get_by_text("Now press whom to swap with.")).to_be_visible()
    with console.expect_response(re.compile(r"/swaps/$")):
        console.get_by_role("button", name=min(three)).click()
    assert party.everybody_sees_their_group() == {pair ^ swapped, three ^ swapped, frozenset({"Ben", "Gus"})}

    # They find each other, and the goal is reached.
    someone = party.phones[min(pair)]
    someone.get_by_role("button", name="We found each other").click()
    for name in three ^ swapped:
        expect(party.phones[name].get_by_text("You have met 2 people.")).to_be_visible()
    expect(someone.locator(".confetti")).to_have_count(1)
    someone.evaluate("window.buzzes = []; navigator.vibrate = (pattern) => buzzes.push(pattern); 0")

    # The second prompt, and one of three falls silent: the others are told, and nobody is moved.
    party.next_prompt(2)
    party.open_round()
    groups = party.everybody_sees_their_group()
    assert someone.evaluate("buzzes") == [[200, 100, 200]]
    assert party.report()["repeats"] == party.report()["unavoidable"]
    three = next(group for group in groups if len(group) == 3)
    silent = min(three - {"Ada"})
    cut_lines(party.phones[silent])
    party.phones.pop(silent).reload()
    half_a_minute_without_a_word(party.evening.server, silent, party.evening.code)
    for name in three - {silent}:
        expect(party.phones[name].get_by_text(f"{silent} has gone quiet.").last).to_be_visible()
        sees(party.phones[name], three - {silent, name}, party.documents(name)["group"]["sign"]["number"])
    assert groups - {three} <= party.groups()
    party.look_in(silent)
    expect(party.phones[silent].locator(".my-group")).to_be_visible()

    # The third: somebody leaves a pair, and who is left alone is with the others at once.
    party.next_prompt(3)
    party.open_round()
    groups = party.everybody_sees_their_group()
    pair = next(group for group in groups if len(group) == 2 and "Ben" not in group)
    leaving, left = sorted(pair, key=lambda name: name == "Ada")
    party.phones[leaving].get_by_role("button", name="You", exact=True).click()
    party.phones[leaving].get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(party.phones[leaving].get_by_text("You have left")).to_be_visible()
    expect(party.phones[left].locator(".members .person").filter(has_text=leaving)).to_have_count(0)
    party.phones.pop(leaving), party.persons.pop(leaving)
    assert sorted(map(len, party.everybody_sees_their_group())) in ([2, 4], [2, 2, 2])

    # The fourth: one phone sleeps through the opening, wakes, and shows what is now.
    party.next_prompt(4)
    asleep = next(name for name in party.phones if name not in ("Ben", "Gus"))
    mend = cut_lines(party.phones[asleep])
    party.phones[asleep].reload()
    expect(party.phones[asleep].locator(".notice")).to_be_visible()
    party.open_round()
    mend()
    expect(party.phones[asleep].locator(".notice")).to_have_count(0)
    assert sorted(map(len, party.everybody_sees_their_group())) == [2, 2, 2]

    # The fifth: “they are not here”, and they are after all.
    party.next_prompt(5)
    party.open_round()
    groups = party.everybody_sees_their_group()
    pair = next(group for group in groups if "Ben" not in group)
    asking, missing = sorted(pair)
    party.phones[asking].get_by_role("button", name=f"{missing} is not here").click()
    lost = party.phones[missing]
    expect(lost.get_by_text("Your group did not find you.")).to_be_visible()
    lost.get_by_role("button", name="I am here").click()
    expect(lost.locator(".my-group")).to_be_visible()
    groups = party.everybody_sees_their_group()
    assert sorted(name for group in groups for name in group) == sorted(party.persons)
    assert min(map(len, groups)) >= 2


@pytest.mark.looks
def test_the_key_of_the_card_is_listed_and_rests_with_the_others(gathering: Callable[..., Party]) -> None:
    party = gathering()
    party.arrive("Ada", "Ben")
    party.console.keyboard.press("?")
    expect(party.console.get_by_role("dialog")).to_contain_text("new groups: open a round")
    party.console.keyboard.press("r")
    party.console.keyboard.press("Escape")
    expect(party.console.get_by_role("button", name="Open a round")).to_be_visible()
    party.console.keyboard.press("r")
    party.console.keyboard.press("r")
    expect(party.console.get_by_role("button", name="New groups")).to_be_visible()
    sees(party.phones["Ada"], {"Ben"}, 1)
    streams = party.evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]
    assert streams["public"]["documents"]["round"]["number"] == 1


@pytest.mark.looks
@pytest.mark.parametrize("size", ["phone", "console"])
def test_a_moderator_reads_that_there_are_no_groups_yet(gathering: Callable[..., Party], size: str) -> None:
    party = gathering()
    page = party.screens.open(f"/console/{party.evening.code}/", party.evening.mo, size)
    card = page.locator(".rounds-console")
    expect(card).to_contain_text("Groups come when the host opens a round.")
    card.scroll_into_view_if_needed()
    shoot(page, f"icebreaker-moderator-{size}")
    assert barriers(page) == []
    party.arrive("Ada", "Ben")
    party.open_round()
    expect(card).to_contain_text("Who is with whom")
    expect(card).not_to_contain_text("Groups come when")


@pytest.mark.looks
def test_no_barriers_on_any_screen_in_any_state(gathering: Callable[..., Party]) -> None:
    party = gathering()
    evening, console = party.evening, party.console
    stage = party.screens.open(evening.server.base + evening.stage, size="stage")
    ada = party.screens.open(f"/{evening.code}/", evening.ada)
    party.guest("Muhammad ibn Musa al-Khwarizmi", spot="by the piano, green scarf")
    found = {}

    def look(page: Page, state: str) -> None:
        page.wait_for_timeout(50)
        shoot(page, f"icebreaker-{state}")
        # At its end nothing lies below the button in the thumb's reach; elsewhere the focus is kept clear of it.
        found[state] = barriers(page, at_end=True)
        if page.viewport_size == SIZES["phone"]:
            found[state] += too_small_or_too_wide(page)

    expect(ada.get_by_text("Groups come when the host opens a round.")).to_be_visible()
    look(ada, "phone-before")
    look(console, "console-before")
    look(stage, "stage-before")
    console.get_by_text("Sizes, minutes, sides, crew").click()
    console.get_by_label("Mix room and remote").check()
    console.locator("h1").click()
    party.open_round()
    expect(ada.get_by_role("heading", name="You're with")).to_be_visible()
    console.get_by_text("Who is with whom").click()
    expect(stage.locator(".group-names")).to_be_visible()
    for page, name in ((ada, "phone"), (console, "console"), (stage, "stage")):
        look(page, f"{name}-seated")
    ada.get_by_role("button", name="Hold up your phone").click()
    expect(ada.locator("dialog.hold-up")).to_be_visible()
    look(ada, "phone-held-up")
    ada.locator("dialog.hold-up button").click()
    ada.get_by_role("button", name="We found each other").click()
    expect(ada.get_by_text("You have met 2 people.")).to_be_visible()
    look(ada, "phone-found")
    console.get_by_role("button", name="Close the round").click()
    expect(ada.get_by_text("This round is over.")).to_be_visible()
    for page, name in ((ada, "phone"), (console, "console"), (stage, "stage")):
        look(page, f"{name}-over")
    ada.get_by_role("button", name="Leave me out").click()
    expect(ada.get_by_text("You sit this out.")).to_be_visible()
    look(ada, "phone-sitting-out")
    assert {state: faults for state, faults in found.items() if faults} == {}


def too_small_or_too_wide(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll("button, a, summary")]
        .filter((one) => one.offsetParent && (one.offsetWidth < 48 || one.offsetHeight < 48))
        .map((one) => `${one.textContent.trim()} ${one.offsetWidth}x${one.offsetHeight}`)"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found if wide <= SIZES["phone"]["width"] else [*found, f"{wide} pixels wide"]
