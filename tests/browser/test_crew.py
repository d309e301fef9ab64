"""The crew in a real browser: Hana invites Mia by a link, Mia moderates from her phone, and is taken off again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser


def invited_by(page: Page) -> str:
    """The link that the host is shown, and nobody else."""
    page.get_by_role("button", name="Invite somebody").click()
    shoot(page, "crew-invite")
    assert barriers(page) == []
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    shoot(page, "crew-link")
    assert barriers(page) == []
    link = page.get_by_role("textbox", name="Link").input_value()
    page.get_by_role("button", name="Close").click()
    return link


def test_invited_and_taken_off(screens: Screens, evening: Evening) -> None:
    segment = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["programme"]
    evening.hana.press("start")
    evening.hana.press("enter", segment=segment["segments"][3]["id"])
    evening.ada.ask("POST", f"walls/{segment['segments'][3]['id']}/tips/", {"text": "Be kind"}).raise_for_status()

    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    console.get_by_role("link", name="Crew").click()
    expect(console.get_by_role("heading", name="Who runs the event")).to_be_visible()
    link = invited_by(console)
    expect(console.get_by_role("button", name="Withdraw")).to_be_visible()
    shoot(console, "crew")
    assert barriers(console) == []

    phone = screens.open(link, size="phone")
    expect(phone.get_by_text("Hana asks you to moderate")).to_be_visible()
    phone.get_by_label("Your name").fill("Mia Maximiliane Mustermann-Lindenhayn")
    shoot(phone, "crew-invitation")
    assert barriers(phone) == []
    phone.get_by_role("button", name="Accept").click()
    expect(phone).to_have_url(re.compile(rf"/console/{evening.code}/$"))
    shoot(phone, "crew-phone-console")
    row = console.locator(".list-row", has_text="Mia Maximiliane").first
    expect(row).to_contain_text("Moderator")
    expect(console.get_by_text("Nobody is asked at the moment.")).to_be_visible()

    expect(row).to_contain_text("here now")
    phone.get_by_role("button", name="Approve").click()
    expect(phone.locator(".queue-card")).to_have_count(0)
    phone.get_by_role("button", name=re.compile("here|joined")).click()
    expect(phone.get_by_text("Crew here now: Hana, Mia Maximiliane")).to_be_visible()
    shoot(phone, "crew-people")
    phone.get_by_role("link", name="Crew").click()
    expect(phone.get_by_role("button", name="Leave")).to_be_visible()
    expect(phone.get_by_role("button", name="Invite somebody")).to_have_count(0)
    shoot(phone, "crew-phone")
    assert barriers(phone) == []

    # By keyboard alone.
    row.get_by_role("button", name="Change").press("Enter")
    shoot(console, "crew-change")
    console.get_by_role("dialog").get_by_role("button", name="Take off the crew").press("Enter")
    expect(console.get_by_text("Their screens close at once")).to_be_visible()
    shoot(console, "crew-take-off")
    console.get_by_role("dialog").get_by_role("button", name="Take off the crew").press("Enter")
    expect(phone.get_by_role("heading", name="This console is no longer yours")).to_be_visible()
    shoot(phone, "crew-gone")
    expect(console.get_by_text("took Mia Maximiliane Mustermann-Lindenhayn off the crew.")).to_be_visible()
    expect(row).not_to_contain_text("Moderator")
    shoot(console, "crew-after")

    late = screens.open(link, size="phone")
    expect(late.get_by_text("This invitation was accepted already.")).to_be_visible()
    shoot(late, "crew-used")
    assert barriers(late) == []


def test_a_password_of_one_s_own(screens: Screens, evening: Evening) -> None:
    page = screens.open(f"/console/{evening.code}/crew/", evening.mo)
    page.get_by_role("button", name="Choose a password").click()
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save the password").click()
    expect(page.locator("#password-refusal")).to_contain_text("too short")
    shoot(page, "crew-password")
    assert barriers(page) == []
    page.get_by_label("New password").fill("a lamp over the paper")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("button", name="Change the password")).to_be_visible()
    shoot(page, "crew-account")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Hosts and moderators")).to_be_visible()
    page.get_by_text("With a password").click()
    page.get_by_label("Mail address or sign-in name").fill("Mo")
    page.get_by_role("textbox", name="Password").fill("a guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shoot(page, "crew-sign-in")
    assert barriers(page) == []
    page.get_by_role("textbox", name="Password").fill("a lamp over the paper")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/console/$"))


@pytest.mark.looks  # only the smaller set-up prints its mails
def test_a_mail_address_of_one_s_own_and_every_tab_signed_out(screens: Screens, evening: Evening) -> None:
    (link,) = evening.server.manage(("sign_in_link", evening.code, f"Max {evening.code}", "--role", "moderator"))
    max_ = Person("Max", evening.server.base, evening.code, "console").sign_in(link.strip())
    page = screens.open(f"/console/{evening.code}/crew/", max_)
    page.get_by_role("button", name="Add a mail address").click()
    page.get_by_role("textbox", name="Mail address").fill("max@example")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.locator("#mail-refusal")).to_contain_text("no mail address")
    shoot(page, "crew-mail")
    assert barriers(page) == []
    page.get_by_role("textbox", name="Mail address").fill("maximilian.mustermann@community.example.org")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("A link is on its way")).to_be_visible()
    shoot(page, "crew-mail-sent")
    assert barriers(page) == []

    tab = page.context.new_page()
    while not (found := re.search(r"\S+/sign-in/mailbox/\S+", evening.server.log)):
        tab.wait_for_timeout(50)
    tab.goto(found[0])
    shoot(tab, "crew-mailbox")
    assert barriers(tab) == []
    tab.get_by_role("button", name="This is my mail address").click()
    expect(tab.get_by_role("heading", name="This is your mail address now")).to_be_visible()
    shoot(tab, "crew-mailbox-taken")
    page.reload()
    expect(page.get_by_text("Links to sign in are sent to maximilian")).to_be_visible()
    page.get_by_role("button", name="Change the mail address").click()
    page.get_by_role("textbox", name="New mail address").fill("max@example.org")
    shoot(page, "crew-mail-change")
    assert barriers(page) == []
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("A link is on its way")).to_be_visible()
    page.get_by_role("button", name="Understood").click()
    expect(page.get_by_text("Links to sign in are sent to maximilian")).to_be_visible()

    tab.goto(f"{max_.base}/console/{evening.code}/")
    expect(tab.get_by_role("button", name=re.compile("here|joined"))).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_text("You are signed out here.")).to_be_visible()
    shoot(tab, "crew-signed-out")
    assert barriers(tab) == []
    tab.goto(found[0])
    expect(tab.get_by_role("heading", name="Open this link where you are signed in")).to_be_visible()
    shoot(tab, "crew-mailbox-nobody")
    max_.client.close()
