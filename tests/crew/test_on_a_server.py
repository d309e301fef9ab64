"""Taken off at a real server, over two processes where there are two: the socket closes, and nothing works any more."""

from tests.servers.people import Evening


async def test_whoever_is_taken_off_is_told_at_once(evening: Evening) -> None:
    hana, mo = evening.hana, evening.mo
    (member,) = [one["id"] for one in hana.ask("GET", "crew/").json()["members"] if one["name"] == "Mo"]
    async with mo.listen() as phone, hana.listen() as console:
        assert hana.ask("DELETE", f"crew/members/{member}/").status_code == 204
        assert await phone.closed() == 4003
        assert phone.of("refused")[-1]["code"] == "not_here"
        # The rest of the crew hears of it, by a document that goes.
        while f"members/{member}" in console.streams["crew"].documents:
            await console.next()
    answers = [mo.ask("GET", "crew/"), mo.ask("GET", "snapshot/?as=console")]
    assert [one.status_code for one in answers] == [404, 404]
