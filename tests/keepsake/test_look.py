"""A keepsake is in the room of its event and under its logo: by address on the page, whole in the file."""

import base64
from collections.abc import Callable

import pytest

from apps.events import logo
from tests.events.conftest import Browser, Social
from tests.events.test_logo import drawing, save

from .conftest import content

pytestmark = pytest.mark.django_db


def test_page_and_file(social: Social, browser: Callable[..., Browser]) -> None:
    picture = {"alt": "A ring", "data": base64.b64encode(drawing("white")).decode()}
    save(social, palette="berry", logo=picture)
    social.press("start")
    ada = browser(device="device-of-ada")
    page, file = content(ada.get("/BCDFG/keepsake/")), content(ada.get("/BCDFG/keepsake/keepsake.html"))
    made = logo.drawn(drawing("white"))
    assert f'src="/api/v1/events/BCDFG/logo/{made.name}.webp" alt="A ring"'.encode() in page
    assert f'src="data:image/webp;base64,{made.text}" alt="A ring"'.encode() in file
    for text in (page, file):
        assert (b'data-palette="berry"' in text, b'data-ground="ink"' in text) == (True, True)
    assert b"palettes.css" not in page
