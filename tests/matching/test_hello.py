"""Over real sockets: a round is drawn up of those whose phones said hello, and a phone that comes later is seated."""

from tests.servers.people import Evening, Person


async def test_only_who_said_hello_is_matched(evening: Evening) -> None:
    evening.hana.press("start")
    ghost = Person("Gus", evening.server.other, evening.code)
    ghost.ask("GET")
    ghost.ask("POST", "attendees/", {"name": "Gus"}).raise_for_status()
    async with evening.ada.listen() as ada, evening.ben.listen(), evening.hana.listen() as hana:
        evening.hana.ask("POST", "rounds/", {"after": 0, "largest": 3}).raise_for_status()
        await ada.until("changes", stream="me")
        # Neither coming back nor saying “I join in” makes somebody heard from.
        for method, path in (("PUT", "me/departure/"), ("DELETE", "me/departure/")):
            ghost.ask(method, path).raise_for_status()
        for method in ("PUT", "DELETE"):
            ghost.ask(method, "me/sitting-out/", {}).raise_for_status()
        cleo = Person("Cleo", evening.server.other, evening.code)
        cleo.ask("GET")
        cleo.ask("POST", "attendees/", {"name": "Cleo"}).raise_for_status()
        async with cleo.listen() as late:
            while "group" not in late.streams["me"].documents:
                await late.next()
            assert late.streams["me"].documents["group"]["state"] == "seated"
            while not any("Cleo" in str(group) for group in groups_told(hana)):
                await hana.next()
    assert sorted(name for group in groups_told(hana) for name in group) == ["Ada", "Ben", "Cleo"]
    assert "group" not in ghost.ask("GET", "snapshot/?as=phone").json()["streams"]["me"]["documents"]
    for person in (ghost, cleo):
        person.client.close()


def groups_told(hana) -> list[list[str]]:
    return [
        [member["name"] for member in document["members"]]
        for key, document in hana.streams["crew"].documents.items()
        if key.startswith("groups/")
    ]
