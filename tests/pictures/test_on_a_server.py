"""Over real HTTP and sockets: what the door lets in, many hostile ones at once, and who hears of a picture."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import httpx
from PIL import Image

from tests.protocol.client import Phone
from tests.servers.people import Evening, Person

from . import samples


def post(person: Person, data: bytes, caption: str = "") -> httpx.Response:
    return person.client.post(
        f"{person.api}pictures/",
        files={"file": ("IMG_0001.jpg", data, "image/jpeg")},
        data={"consent": "true", "caption": caption},
        headers={"Idempotency-Key": secrets.token_urlsafe(24)},
    )


def test_large_bodies_are_welcome_where_pictures_are(evening: Evening) -> None:
    out = BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(out, "JPEG", quality=97)
    assert out.tell() > 3_000_000
    answer = post(evening.ada, out.getvalue())
    assert answer.status_code == 201, answer.text
    refused = post(evening.ada, bytes(11_000_000))
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    elsewhere = evening.ada.ask("PATCH", "me/", {"name": "x" * 100_000})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (413, "too_large")


def test_many_hostile_ones_at_once_harm_nobody(evening: Evening) -> None:
    nasty = [data for name, data, _code in samples.hostile() if "million" in name or "cut" in name or "bomb" in name]
    crowd = [evening.ada, evening.ben]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(post, crowd * 8, nasty[:16]))
    assert {answer.status_code for answer in answers} == {400}
    assert evening.ada.client.get("/readyz").status_code == 200
    assert post(evening.ben, samples.saved(samples.scene(), "JPEG")).status_code in (201, 429)
    assert "Traceback" not in evening.server.log


async def test_only_what_is_shown_is_heard(evening: Evening) -> None:
    async with (
        evening.ada.listen() as ada,
        evening.ben.listen() as ben,
        evening.zoe.listen() as zoe,
        evening.mo.listen() as mo,
    ):
        one = post(evening.ada, samples.saved(samples.scene(), "JPEG"), samples.WORD).json()["picture"]["id"]
        await ada.until("changes", stream="me")
        await mo.until("changes", stream="crew")
        # A change that everybody hears: had the picture been told before, it would have come first.
        evening.hana.press("blank")
        for phone in (ben, ada, mo):
            await phone.until("changes", stream="public")
        assert [heard(phone) for phone in (ada, mo, ben, zoe)] == [True, True, False, False]
        path = f"{evening.ben.api}pictures/{one}/large/"
        assert evening.ben.client.get(path).status_code == 404
        evening.mo.ask("PUT", f"pictures/{one}/decision/", {"verb": "approve"}).raise_for_status()
        await ben.until("changes", stream="public")
        assert heard(ben)
        assert evening.ben.client.get(path).status_code == 200
        evening.mo.ask("PUT", f"pictures/{one}/decision/", {"verb": "take_down"}).raise_for_status()
        await ben.until("changes", stream="public")
        assert samples.WORD not in str(ben.streams)
        assert evening.ben.client.get(path).status_code == 404
        assert not heard(zoe)


def heard(phone: Phone) -> bool:
    return samples.WORD in str(phone.frames)
