"""Canaries in everything people send: none of them is in the log, whatever is done with them."""

import secrets

from tests.servers.people import Evening, Person


def canary() -> str:
    return f"canary{secrets.token_hex(6)}"


async def test_nothing_that_people_send_is_in_the_log(evening: Evening) -> None:
    name, spot, token, teaser, agent, key = (canary() for _ in range(6))
    key += "0" * 16
    cleo = Person(name, evening.ada.base, evening.code).join(spot=spot)
    cleo.client.headers["User-Agent"] = agent
    for base in (cleo.api, "/", f"/{evening.code}/"):
        cleo.client.request("GET", f"{base}?token={token}&name={name}", headers={"X-Name": name})
    for path in (f"/stage/{token}/", f"/sign-in/?token={token}", f"/console/{evening.code}/?{token}", f"/{token}/"):
        cleo.client.get(path)
    cleo.ask("PATCH", "me/", {"name": name, "spot": teaser * 100}, key=key)
    cleo.ask("PATCH", "me/", {"name": {"deep": [teaser]}}, key=key[::-1])
    cleo.client.post(cleo.api + "attendees/", content=teaser, headers={"Content-Type": "application/json"})
    cleo.client.post("/sign-in/", data={"token": token})
    cleo.client.cookies.set("crew", token)
    cleo.ask("GET", "snapshot/?as=console")
    evening.hana.press("start")
    async with cleo.listen() as phone:
        await phone.socket.send(f'{{"type":"{teaser}"}}')
        assert await phone.closed() == 4001
    cookies = [cookie.value for person in (cleo, evening.hana, evening.zoe) for cookie in person.client.cookies.jar]
    links = [evening.stage, evening.stage.split("/")[-2]]
    log = evening.server.log
    assert [one for one in (name, spot, token, teaser, agent, key, *cookies, *links) if one and one in log] == []
    cleo.client.close()
