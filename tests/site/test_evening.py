"""One installation from outside: what Hana does reaches the phones, and Zoe hears nothing of it."""

from tests.servers.people import Evening


async def test_a_move_reaches_every_phone_of_the_event_and_nobody_else(evening: Evening) -> None:
    async with evening.ada.listen() as ada, evening.ben.listen() as ben, evening.zoe.listen() as zoe:
        evening.hana.press("start")
        for phone in (ada, ben):
            await phone.until("changes", stream="public")
            assert phone.streams["public"].documents["now"]["state"] == "live"
        evening.zoe.ask("PUT", "me/departure/").raise_for_status()
        await zoe.until("changes", stream="me")
    assert zoe.streams["public"].documents["now"]["state"] == "before"
