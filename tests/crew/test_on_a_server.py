"""Taken off, or signed out, at a real server, over two processes where there are two: what is open hears no more."""

import asyncio
from contextlib import AsyncExitStack

from tests.protocol.client import Phone
from tests.servers.people import Evening, Person


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


def signed_in(evening: Evening, name: str) -> Person:
    """Another browser, in which they are no less signed in than in their first."""
    (link,) = evening.server.manage(("sign_in_link", evening.code, name))
    return Person(name, evening.server.base, evening.code, "console").sign_in(link.strip())


def tab_of(person: Person, base: str) -> Person:
    """The same browser, with a page of another process."""
    tab = Person(person.name, base, person.code, "console")
    tab.client.cookies = person.client.cookies
    return tab


async def left(tab: Phone) -> dict:
    """What a screen is told that is to come back and be judged anew; nothing comes after it."""
    async with asyncio.timeout(30):
        assert await tab.closed() == 1012
    assert tab.frames[-1]["code"] == "signed_out"
    return tab.frames[-1]


async def test_signing_out_ends_every_tab_of_that_browser_and_no_other(evening: Evening) -> None:
    hana, laptop, server = evening.hana, signed_in(evening, "Hana"), evening.server
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(tab_of(hana, at).listen()) for at in (server.base, server.other)]
        kept = await stack.enter_async_context(laptop.listen())
        answer = hana.client.post("/sign-out/", headers={"X-CSRFToken": hana.csrf()})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
        for tab in tabs:
            assert 1 <= (await left(tab))["after_seconds"] <= 2
        again = await stack.enter_async_context(hana.connected())
        assert (await again.closed(), again.frames[-1]["code"]) == (4003, "signed_out")
        laptop.press("start")
        await kept.until("changes", stream="public")
        assert not kept.of("goodbye")
    laptop.client.close()


async def test_another_password_ends_all_other_browsers(evening: Evening) -> None:
    # An account of this test's own: Hana is crew of other tests' events, too.
    (link,) = evening.server.manage(("sign_in_link", evening.code, f"Hugo {evening.code}"))
    hugo = Person("Hugo", evening.server.base, evening.code, "console").sign_in(link.strip())
    laptop = signed_in(evening, f"Hugo {evening.code}")

    def choose(password: str, current: str = "") -> None:
        wanted, csrf = {"password": password, "current": current}, {"X-CSRFToken": hugo.csrf()}
        assert hugo.client.put("/api/v1/account/password/", json=wanted, headers=csrf).status_code == 204

    async with hugo.listen() as own, laptop.listen() as other:
        choose("a lamp over the paper")
        await left(other)
        evening.hana.press("start")
        await own.until("changes", stream="public")
        # The second one gives this browser another session; its tabs come back with that.
        choose("a lamp under the paper", "a lamp over the paper")
        await left(own)
        async with hugo.listen(streams=own.streams):
            pass
    for person in (hugo, laptop):
        person.client.close()


async def test_whoever_signs_in_as_somebody_else_hears_what_is_theirs(evening: Evening) -> None:
    (link,) = evening.server.manage(("sign_in_link", evening.code, "Mo"))
    async with evening.hana.listen() as tab:
        evening.hana.sign_in(link.strip())
        await left(tab)
        async with evening.hana.listen(streams=tab.streams) as again:
            assert again.streams["me"].documents["member"]["name"] == "Mo"
