"""The end on five phones, a stage and a console: contacts offered, swapped and taken back; links and codes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.servers.chromium import SIZES, Screens, barriers, shoot
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser

LINE, THEIRS = "ada@example.org", "https://ben.example/me"


@pytest.fixture
def people(evening: Evening) -> Iterator[dict[str, Person]]:
    more = [Person(name, evening.server.other, evening.code).join() for name in ("Cleo", "Dan", "Eva")]
    yield {one.name: one for one in (evening.ada, evening.ben, *more)}
    for person in more:
        person.client.close()


def find_each_other(evening: Evening, people: dict[str, Person]) -> None:
    """Everybody sits in a group and says so; then the closing is on."""
    evening.hana.press("start")
    evening.hana.ask("POST", "rounds/", {"after": 0}).raise_for_status()
    for person in people.values():
        person.ask("PUT", "me/group/found/").raise_for_status()
    for _segment in range(4):
        evening.hana.press("next")


def contacts(person: Person) -> dict[str, dict]:
    """What the server tells this phone of whom it met, by name."""
    mine = person.ask("GET", "snapshot/?as=phone").json()["streams"]["me"]["documents"]
    return {document["name"]: document for key, document in mine.items() if key.startswith("contacts/")}


def row(phone: Page, name: str) -> Locator:
    return phone.locator(".people .person").filter(has=phone.locator("strong", has_text=re.compile(f"^{name}$")))


def more(phone: Page, name: str, button: str) -> None:
    phone.get_by_role("button", name=f"More about {name}").click()
    phone.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


@pytest.mark.motion
def test_the_end_on_five_phones(evening: Evening, screens: Screens, people: dict[str, Person]) -> None:
    phones = {name: screens.open(f"/{evening.code}/", person) for name, person in people.items()}
    find_each_other(evening, people)
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    met = contacts(people["Ada"])
    other = sorted(met)[0]
    ada, ben = phones["Ada"], phones[other]

    # Both are asked nothing: an offer is one's own, and needs a line.
    expect(ada.get_by_role("heading", name=re.compile(f"You met {len(met)} pe"))).to_be_visible()
    ada.get_by_role("button", name=f"Offer {other} your contact").click()
    expect(ada.get_by_text("Write first what you want to pass on.")).to_be_visible()
    expect(ada.get_by_label("How can they reach you?")).to_be_focused()
    ada.get_by_label("How can they reach you?").fill(LINE)
    ada.get_by_role("button", name=f"Offer {other} your contact").click()
    expect(row(ada, other)).to_contain_text("Offered. You see theirs once they offer it too.")
    expect(row(ben, "Ada").get_by_role("button", name="Offer Ada your contact")).to_be_visible()
    shoot(ada, "closing-phone-offered")

    ben.get_by_label("How can they reach you?").fill(THEIRS)
    ben.get_by_role("button", name="Offer Ada your contact").click()
    expect(row(ada, other).get_by_role("link", name=THEIRS)).to_have_attribute("href", THEIRS)
    expect(row(ben, "Ada").get_by_role("link", name=LINE)).to_have_attribute("href", f"mailto:{LINE}")
    for name, phone in phones.items():
        if name not in ("Ada", other):
            assert LINE not in phone.content()
            assert THEIRS not in phone.content()
    ada.reload()
    expect(ada.locator(".my-line")).to_contain_text(LINE)
    expect(row(ada, other)).to_contain_text("You swapped contacts.")
    shoot(ada, "closing-phone-swapped")
    ada.get_by_role("button", name=f"More about {other}").click()
    expect(ada.get_by_role("dialog")).to_contain_text("They see")
    shoot(ada, "closing-phone-more")
    found = {"sheet": barriers(ada)}
    ada.keyboard.press("Escape")

    # Taken back, both lines are gone at once, and the other one reads why; a block looks the same.
    for button in ("Take it back", "Block"):
        more(ada, other, button)
        expect(row(ben, "Ada")).to_contain_text("They took theirs back, so yours is taken back too.")
        assert LINE not in row(ben, "Ada").inner_html()
        shoot(ben, "closing-phone-lapsed")
        expect(row(ada, other).locator(".theirs")).to_have_count(0)
        if button == "Block":
            expect(row(ada, other)).to_contain_text("Blocked. Nothing passes between you.")
            more(ada, other, "Unblock")
        ben.get_by_role("button", name="Offer Ada your contact").click()
        expect(row(ben, "Ada")).to_contain_text("Offered. You see theirs once they offer it too.")
        ada.get_by_role("button", name=f"Offer {other} your contact").click()
        expect(row(ben, "Ada").get_by_role("link", name=LINE)).to_be_visible()

    # The room: what the programme says, and a code for each link that leads there.
    for screen in (ada, stage):
        expect(screen.get_by_text("Stay connected?").first).to_be_visible()
    link = ada.get_by_role("link", name=re.compile("ML Collective"))
    expect(link).to_have_attribute("href", "https://mlcollective.org/")
    code = stage.get_by_role("img", name="QR code of mlcollective.org")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    assert code.bounding_box()["height"] >= SIZES["stage"]["height"] / 3
    label = stage.locator(".link-words b")
    expect(label).to_have_text("ML Collective")
    assert float(label.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= SIZES["stage"]["height"] / 12
    expect(stage.get_by_text("Pictures from your phones appear here.")).to_be_visible()
    expect(ada.get_by_role("heading", name="Pictures", exact=True)).to_be_visible()
    expect(console.get_by_role("heading", name="Stay connected")).to_be_visible()
    assert LINE not in console.content()

    evening.hana.press("end")
    for name, phone in phones.items():
        expect(phone.get_by_role("heading", name="The End!")).to_be_visible()
        expect(phone.get_by_role("link", name="Open your keepsake")).to_have_attribute(
            "href", f"/{evening.code}/keepsake/"
        )
        assert contacts(people[name])
    expect(row(ben, "Ada").get_by_role("link", name=LINE)).to_be_visible()
    expect(code).to_be_visible()
    for name, screen in {"phone": ada, "stage": stage, "console": console}.items():
        shoot(screen, f"closing-ended-{name}")
        found[name] = barriers(screen, at_end=True)
        if (width := screen.evaluate("document.documentElement.scrollWidth")) > SIZES[name]["width"]:
            found[name].append(f"{width} px wide")
    assert found == {name: [] for name in found}

    # Forgotten, the line that was typed is gone from the device as well, as are drafts; other events' are not.
    assert ada.evaluate(f"localStorage.getItem('contact/{evening.code}')") == LINE
    public = evening.ada.ask("GET", "snapshot/?as=phone").json()["streams"]["public"]["documents"]
    draft = f"tips/draft/{public['programme']['segments'][3]['id']}"
    ada.evaluate(f"localStorage.setItem('{draft}', 'mine'); localStorage.setItem('contact/ZZZZZ', 'other')")
    for button in ("You", "Forget me", "Erase everything"):
        ada.get_by_role("button", name=button, exact=True).click()
    expect(ada).to_have_url(f"{evening.server.other}/")
    assert ada.evaluate("Object.keys(localStorage)") == ["contact/ZZZZZ"]
