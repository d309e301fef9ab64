"""Moving over real HTTP and websockets: the old phone is told and hears nothing more, the new one goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect

from tests.protocol.client import Held, Phone
from tests.servers.people import Evening, Person


def held(person: Person) -> dict[str, Held]:
    """What a page of theirs brings along."""
    served = person.ask("GET", "snapshot/?as=phone").json()["streams"]
    return {alias: Held(one["epoch"], one["version"], one["documents"]) for alias, one in served.items()}


@asynccontextmanager
async def listening(person: Person, known: dict[str, Held]) -> AsyncIterator[Phone]:
    """Said hello, and nothing heard yet."""
    async with connect(person.address, **person.handshake) as websocket:
        phone = Phone(websocket, dict(known))
        await phone.hello("")
        yield phone


async def test_the_old_phone_is_told_and_hears_nothing_more(evening: Evening) -> None:
    old, code = evening.ada, evening.code
    slept = held(old)
    new = Person("Ada", evening.server.base, code)
    new.ask("GET")
    words = old.ask("PUT", "me/handover/").json()["handover"]["words"]
    async with old.listen() as open_screen, evening.ben.listen() as ben:
        assert new.ask("POST", "handovers/", {"words": " ".join(words)}).status_code == 200
        assert await open_screen.closed() == 1012
        assert {"type": "goodbye", "code": "begun_anew"}.items() <= open_screen.frames[-1].items()
        # Whether it has just been sent away or slept through it, with or without what it knew: nothing, and why.
        for known in (open_screen.streams, slept, {}):
            async with listening(old, known) as again:
                assert await again.closed() == 4003
                assert [frame["type"] for frame in again.frames] == ["refused"]
                assert (again.frames[0]["code"], again.frames[0]["message"]) == (
                    "moved",
                    "You have moved to another phone.",
                )
        async with new.listen(streams=held(new)) as here:
            evening.hana.press("start")
            await here.until("changes", stream="public")
            assert here.streams["me"].documents["attendee"]["name"] == "Ada"
            new.ask("PATCH", "me/", {"spot": "by the door"}).raise_for_status()
            await here.until("changes", stream="me")
            assert here.streams["me"].documents["attendee"]["spot"] == "by the door"
        await ben.until("changes", stream="public")
    assert not any(word in evening.server.log for word in ("-".join(words), " ".join(words)))
    new.client.close()


async def test_another_event_hears_nothing_of_it(evening: Evening) -> None:
    words = evening.ada.ask("PUT", "me/handover/").json()["handover"]["words"]
    new = Person("Ada", evening.server.base, evening.code)
    new.ask("GET")
    async with evening.zoe.listen() as zoe:
        assert new.ask("POST", "handovers/", {"words": " ".join(words)}).status_code == 200
        before = len(zoe.frames)
        await zoe.say({"type": "ping", "t": 1})
        await zoe.until("pong", t=1)
        assert [frame["type"] for frame in zoe.frames[before:]] == ["pong"]
    new.client.close()
