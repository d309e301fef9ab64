"""Pictures on screens: from a phone to the wall, with bad Wi-Fi on the way, and taken down at once."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.pictures import samples
from tests.servers.chromium import Screens, barriers, meddle, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser


def camera(width: int, height: int) -> FilePayload:
    """As a phone's camera writes it, held upright: the place and the owner are in it."""
    data = samples.saved(samples.scene(width, height), "JPEG", exif=samples.exif(6), comment=samples.CANARY)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": data}


def send(page: Page, caption: str, *, signed: bool) -> None:
    page.locator("input[type=file]").set_input_files(camera(2400, 1800))
    expect(page.get_by_role("img", name="The picture you chose")).to_be_visible()
    page.get_by_label("What is it? (optional)").fill(caption)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Please ask the people in it first")).to_be_visible()
    shoot(page, f"pictures-form-{int(signed)}")
    page.get_by_label("Everybody in it knows").check()
    if signed:
        page.get_by_label("Put my name on it").check()
    page.get_by_role("button", name="Send it").click()


def is_drawn(page: Page, caption: str) -> bool:
    return page.get_by_role("img", name=caption).evaluate("one => one.decode().then(() => one.naturalWidth > 300)")


def test_from_a_phone_to_the_wall_and_down_at_once(screens: Screens, evening: Evening) -> None:
    snapshot = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    closing = next(one for one in snapshot["programme"]["segments"] if one["kind"] == "closing")
    evening.hana.press("start")
    evening.hana.press("enter", segment=closing["id"])
    ada = screens.open(f"/{evening.code}/", evening.ada)
    ben = screens.open(f"/{evening.code}/", evening.ben)
    mo = screens.open(f"/console/{evening.code}/", evening.mo, "console")
    stage = screens.open(evening.server.base + evening.stage, size="stage")

    # Ben has no network, Ada's server does not answer: she even reloads, and her picture is still there.
    ben.get_by_text("Add a picture").wait_for()
    ben.context.set_offline(True)
    send(ben, "By the coffee", signed=False)
    expect(ben.get_by_text("On your phone, not sent yet")).to_be_visible()
    meddle(ada, "**/pictures/", lambda route: route.abort())
    send(ada, "The whole room", signed=True)
    expect(ada.get_by_text("On your phone, not sent yet")).to_be_visible()
    shoot(ada, "pictures-waiting")
    ada.reload()
    expect(ada.get_by_text("On your phone, not sent yet")).to_be_visible()
    expect(mo.get_by_text("No picture waits.")).to_be_visible()
    ada.unroute("**/pictures/")
    expect(ada.get_by_text("Waiting for a look")).to_be_visible()
    ben.context.set_offline(False)
    expect(mo.get_by_text("2 pictures wait")).to_be_visible()
    shoot(mo, "pictures-queue")
    assert barriers(mo) == []
    expect(stage.get_by_role("img", name="The whole room")).to_have_count(0)

    room = mo.locator(".picture-card").filter(has_text="The whole room")
    expect(room).to_contain_text("Ada")
    room.get_by_role("button", name="Approve").click()
    expect(mo.get_by_text("1 picture waits")).to_be_visible()
    mo.keyboard.press("u")
    expect(mo.get_by_text("2 pictures wait")).to_be_visible()
    room.get_by_role("button", name="Approve").click()
    expect(mo.get_by_text("1 picture waits")).to_be_visible()
    expect(stage.get_by_text("The whole room")).to_be_visible()
    assert is_drawn(stage, "The whole room")
    assert is_drawn(ben, "The whole room")
    expect(ada.get_by_text("Shown", exact=True)).to_be_visible()
    address = stage.get_by_role("img", name="The whole room").get_attribute("src")
    fetched = stage.request.get(evening.server.base + address)
    assert fetched.ok
    assert samples.CANARY not in fetched.body()
    shoot(stage, "pictures-stage")
    shoot(ada, "pictures-phone")
    assert barriers(stage) + barriers(ada) == []

    ben.get_by_role("button", name="The whole room").click()
    expect(ben.get_by_role("dialog").get_by_text("Picture: Ada")).to_be_visible()
    # One tap, and the console knows by the clock alone what is on the stage.
    expect(mo.locator(".on-stage")).to_contain_text("The whole room")
    mo.locator(".shown-pictures").get_by_role("button", name="Take down").click()
    for page in (stage, ben):
        expect(page.get_by_role("img", name="The whole room")).to_have_count(0)
    expect(ben.get_by_role("dialog")).to_have_count(0)
    assert stage.request.get(evening.server.base + address).status == 404
    expect(ada.get_by_text("Your picture is no longer shown.")).to_be_visible()

    mo.get_by_role("button", name="Send back").click()
    mo.get_by_role("radio", name="Hard to make out").check(force=True)
    mo.get_by_role("dialog").get_by_role("button", name="Send back").click()
    expect(ben.get_by_text("Do you have another one?")).to_be_visible()
    ben.get_by_role("button", name="Delete").click()
    ben.get_by_role("button", name="Delete for good").click()
    expect(ben.get_by_role("heading", name="Your pictures")).to_have_count(0)
    expect(mo.locator(".picture-card")).to_have_count(1)

    send(mo, "From the podium", signed=True)
    expect(mo.get_by_text("1 picture waits")).to_be_visible()
    mo.get_by_role("button", name="Approve").click()
    expect(stage.get_by_text("From the podium")).to_be_visible()
    assert is_drawn(stage, "From the podium")

    meddle(ada, "**/pictures/", lambda route: route.abort())
    send(ada, "Never sent", signed=False)
    expect(ada.get_by_text("On your phone, not sent yet")).to_be_visible()
    shelves = "indexedDB.databases().then(all => all.map(one => one.name))"
    assert ada.evaluate(shelves) == [f"pictures-{evening.code}"]
    ada.get_by_role("button", name="You", exact=True).click()
    ada.get_by_role("button", name="Forget me").click()
    ada.get_by_role("button", name="Erase everything").click()
    expect(ada).to_have_url(f"{evening.server.other}/")
    assert ada.evaluate(shelves) == []
