"""Over real sockets: what waits is heard by its author and the crew, and by nobody else, whatever they ask for."""

from tests.protocol.client import Phone
from tests.servers.people import Evening, Person

CANARY = "canary-4711"


def heard(phone: Phone) -> bool:
    return CANARY in str(phone.frames)


def screen(evening: Evening) -> Person:
    """The projector: it has the stage's address and nothing else."""
    return Person("stage", evening.server.other, evening.code, "stage")


def test_a_megabyte_is_refused_with_a_sentence(evening: Evening) -> None:
    segment = enter(evening)
    for text in ("x" * 2**20, "\u202e" * 2**20, "Z" + "\u0301" * 2**20):
        answer = evening.ada.ask("POST", f"walls/{segment}/tips/", {"text": text})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert answer.json()["message"]
    assert evening.ada.ask("POST", f"walls/{segment}/tips/", {"text": "x" * 280}).status_code == 201


def enter(evening: Evening) -> str:
    """The id of the group exercise, which is current from here on."""
    now = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    segment = str(now["programme"]["segments"][3]["id"])
    evening.hana.press("start")
    evening.hana.press("enter", segment=segment)
    return segment


async def test_only_what_is_shown_is_heard(evening: Evening) -> None:
    wall = f"walls/{enter(evening)}/"
    async with (
        evening.ada.listen() as ada,
        evening.ben.listen() as ben,
        evening.zoe.listen() as zoe,
        evening.mo.listen() as mo,
        screen(evening).listen(evening.stage.split("/")[-2]) as stage,
    ):
        tip = evening.ada.ask("POST", f"{wall}tips/", {"text": CANARY}).json()["tip"]["id"]
        await ada.until("changes", stream="me")
        await mo.until("changes", stream="crew")
        # A change that everybody hears: had the tip been told before, it would have come first.
        evening.hana.press("blank")
        for phone in (ben, ada, mo, stage):
            await phone.until("changes", stream="public")
        assert (heard(ada), heard(mo), heard(ben), heard(zoe), heard(stage)) == (True, True, False, False, False)
        assert CANARY not in evening.ada.client.get(evening.stage).text
        assert CANARY not in evening.ben.ask("GET", "snapshot/?as=phone").text
        assert CANARY not in evening.zoe.ask("GET", "snapshot/?as=phone").text

        evening.mo.ask("PUT", f"{wall}tips/{tip}/decision/", {"verb": "approve"}).raise_for_status()
        for phone in (ben, stage):
            await phone.until("changes", stream="public")
            assert heard(phone)
        evening.mo.ask("PUT", f"{wall}tips/{tip}/decision/", {"verb": "take_down"}).raise_for_status()
        for phone in (ben, stage):
            await phone.until("changes", stream="public")
            assert CANARY not in str(phone.streams)
        assert CANARY not in evening.ada.client.get(evening.stage).text
        assert not heard(zoe)
    async with evening.ben.listen() as again:
        assert not heard(again)
