"""A community's logo: drawn anew, small, carried by its programme file, and gone with the event."""

import base64
import copy
import io
import re
import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageDraw

from apps.core.refusal import Refusal
from apps.events import actions, logo, programme
from apps.events.models import Event, Logo
from apps.events.programme import BadProgramme, dump, parse
from tests.pictures.samples import CANARY, SVG, exif, jpeg_that_says, saved, scene

from .conftest import Browser, Social
from .test_programme import keys_of
from .told import assert_said_is_true, stored

pytestmark = pytest.mark.django_db


@cache
def drawing(colour: str = "black", size: tuple[int, int] = (900, 600)) -> bytes:
    """A ring that lets the ground through."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((50, 50, size[1] - 50, size[1] - 50), outline=colour, width=60)
    return saved(image, "PNG")


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def save(social: Social, **words: Any) -> dict[str, Any]:
    seen = copy.deepcopy(actions.edited_programme(social.fresh()))
    wanted = {**seen["programme"], **words}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    return actions.edit_programme(social.event, wanted, version=seen["version"], by=social.hana)


def test_it_is_drawn_anew_and_drawn_again_it_is_the_same() -> None:
    for data, ground in ((drawing(), "paper"), (drawing("white"), "ink"), (saved(scene(), "JPEG", exif=exif(6)), "")):
        made = logo.drawn(data)
        image = opened(made.data)
        assert (image.format, image.size, made.ground) == ("WEBP", (made.width, made.height), ground)
        assert (max(image.size) <= 512, len(made.data) <= 64 * 1024, CANARY in made.data) == (True, True, False)
        logo.remembered.clear()
        assert logo.drawn(made.data) == made
    assert (made.width, made.height) == (240, 320), "upright"


def test_a_photograph_gets_fewer_colours_and_pixels() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((700, 700), spread) for spread in (40, 60, 80)])
    made = logo.drawn(saved(noise, "JPEG", quality=90))
    assert (len(made.data) <= 64 * 1024, made.width >= 128) == (True, True)


BAD = {
    "no base64": ("?" * 40, "base64"),
    "no picture": (text(b"hello" * 20), "not a picture we can read"),
    "a drawing with a script": (text(SVG), "not a picture we can read"),
    "a bomb": (text(jpeg_that_says(60_000, 60_000)), "too large"),
    "a dot": (text(saved(scene(8, 8), "PNG")), "too small"),
}


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=BAD)
def test_a_bad_one_is_refused_beside_its_field(social: Social, data: str, reason: str) -> None:
    with pytest.raises(Refusal) as no:
        save(social, logo={"alt": "A ring", "data": data})
    assert list(no.value.fields) == ["logo.data"]
    assert reason in no.value.fields["logo.data"][0]
    with pytest.raises(Refusal) as no:
        save(social, logo={"alt": " ", "data": text(drawing())})
    assert list(no.value.fields) == ["logo.alt"]
    assert (Logo.objects.count(), social.fresh().logo, social.fresh().programme_version) == (0, None, 1)


def test_it_is_saved_seen_changed_and_taken_away(social: Social, browser: Callable[..., Browser]) -> None:
    answer = save(social, logo={"alt": "A ring", "data": text(drawing())})
    assert answer["programme"]["logo"] == {"alt": "A ring", "data": logo.drawn(drawing()).text}
    shown = stored("BCDFG/public")["event"]["logo"]
    assert (shown["alt"], shown["width"], shown["height"], shown["ground"]) == ("A ring", 512, 341, "paper")
    file = browser().get(shown["address"])
    assert (file.status_code, file.content, file["Content-Type"]) == (200, logo.drawn(drawing()).data, "image/webp")
    assert file["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (file["X-Content-Type-Options"], file["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
    assert "default-src 'none'" in file["Content-Security-Policy"]
    assert save(social)["version"] == answer["version"], "the same again is nothing to do"
    save(social, logo={"alt": "A white ring", "data": text(drawing("white"))})
    other = stored("BCDFG/public")["event"]["logo"]
    assert (other["ground"], other["address"] == shown["address"]) == ("ink", False)
    assert browser().get(shown["address"]).status_code == 404
    save(social, logo=None)
    assert (stored("BCDFG/public")["event"]["logo"], Logo.objects.count()) == (None, 0)
    assert browser().get(other["address"]).status_code == 404
    assert_said_is_true()


def test_a_file_carries_it_there_and_back(social: Social, browser: Callable[..., Browser]) -> None:
    save(social, logo={"alt": "A ring", "data": text(drawing())}, palette="berry", names="unique")
    file = browser(crew=social.hana).get("/console/BCDFG/programme.toml").content
    assert len(file) <= programme.MOST_BYTES
    assert base64.b64decode(tomllib.loads(file.decode())["logo"]["data"]) == bytes(Logo.objects.get().data)
    logo.remembered.clear()
    made = browser(crew=social.hana).ask("POST", "events/", {"file": file.decode()})
    other = Event.objects.get(code=made.json()["code"])
    assert actions.programme_of(other) == actions.programme_of(social.fresh())
    assert dump(actions.programme_of(other)).encode() == file
    in_lines = re.sub(r'data = "(.{60})(.*)"', r'data = """\n\1\n\2"""', file.decode())
    assert parse(in_lines.encode()) == parse(file)


def test_a_copy_has_it_and_erasing_takes_it(social: Social) -> None:
    save(social, logo={"alt": "A ring", "data": text(drawing())})
    made = actions.duplicate(social.fresh(), by=social.hana)
    assert bytes(Logo.objects.get(event=made).data) == logo.drawn(drawing()).data
    assert made.logo["alt"] == "A ring"
    actions.erase_event(social.event)
    assert [one.event_id for one in Logo.objects.all()] == [made.pk]
    without = {name: value for name, value in actions.programme_of(made).items() if name != "logo"}
    actions.replace_programme(made, without)
    assert Logo.objects.count() == 0


def test_the_editor_is_shown_how_it_will_look(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    answer = hana.ask("POST", "events/BCDFG/logos/", {"file": text(drawing())})
    made = logo.drawn(drawing())
    assert answer.json() == {"data": made.text, "width": 512, "height": 341, "ground": "paper"}
    refused = hana.ask("POST", "events/BCDFG/logos/", {"file": text(SVG)})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["file"])
    assert Logo.objects.count() == 0


def test_a_file_without_one_half(db: None) -> None:
    file = 'title = "A"\n[logo]\nalt = "x"\n[[segments]]\nkind = "break"\ntitle = "Tea"\nminutes = 5'
    with pytest.raises(BadProgramme) as bad:
        parse(file.encode())
    assert [key for key, _reason in bad.value.faults] == ["logo.data"]
    assert keys_of("`[logo]`") == list(programme.LOGO)


def test_what_was_just_asked_for_is_remembered_longest() -> None:
    """A save looks at its logo before it holds the event, and again while it does: others draw theirs in between."""
    mine, *others = (logo.Drawn(f"logo {number}".encode(), 16, 16, "") for number in range(2 * logo.REMEMBERED))
    logo.remember(mine, b"as it was sent")
    for half in (others[: logo.REMEMBERED - 2], others[-logo.REMEMBERED + 2 :]):
        for one in half:
            logo.remember(one)
        assert logo.drawn(b"as it was sent") is mine
