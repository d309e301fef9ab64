"""The cast of the events' tests, with cameras; files go to a folder of the test."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.pictures.models import Picture
from tests.events.conftest import Browser, Social, browser, elsewhere, founding, moment, party, said_is_true, social

from . import samples

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]

KEYS = itertools.count()
Send = Callable[..., Any]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def send(social: Social, media: Path) -> Send:
    """`send(browser, caption="…")` posts a picture to the event and returns the answer."""

    def sent(who: Browser, data: bytes | None = None, code: str = "BCDFG", key: str = "", **form: Any) -> Any:
        file = SimpleUploadedFile("IMG_0001.jpg", jpeg() if data is None else data, content_type="image/jpeg")
        return who.post(
            f"/api/v1/events/{code}/pictures/",
            {"file": file, "consent": "true", **form},
            headers={"Idempotency-Key": key or f"key-of-a-picture-{next(KEYS):08}"},
        )

    return sent


def jpeg() -> bytes:
    return samples.saved(samples.scene(), "JPEG", exif=samples.exif(6), comment=samples.CANARY)


def sent_picture(send: Send, who: Browser, **form: Any) -> Picture:
    answer = send(who, **form)
    assert answer.status_code == 201, answer.content
    return Picture.objects.get(public_id=answer.json()["picture"]["id"])


def files_in(media: Path) -> set[str]:
    return {str(file.relative_to(media)) for file in media.rglob("*") if file.is_file()}


def named(*pictures: Picture) -> set[str]:
    return {name for one in pictures for name in (one.large.name, one.small.name)}
