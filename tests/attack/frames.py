"""Conversations of a websocket by the protocol's own grammar, whole or bent at one place: part of `tests.attack.fuzz`.

A frame is spelt in any way JSON allows (spaces, escapes, order of keys, a key said twice, in pieces): it counts, and a
ping's own number comes back. Bent, the conversation ends there, with a refusal and the close code of PROTOCOL.md; what
breaks the rules of websockets themselves is cut off. Never 1011, and nobody else is disturbed.
"""

import asyncio
import json
from collections import Counter

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.servers.people import Evening, Person

from .grammar import OUTDATED, Bent, Frame, Grammar

# Of one person at a time: with more than 16 the quietest would be sent away.
AT_ONCE = 8
SCREENS = ("phone", "console", "stage")
PATIENCE_SECONDS = 60


async def converse(person: Person, grammar: Grammar) -> str:
    """One conversation; how it was bent, or `whole`. Raises AssertionError where it did not go as it should."""
    frames = [grammar.hello(), *(grammar.later() for _frame in range(grammar.random.randint(0, 12)))]
    bent_at = grammar.random.randrange(len(frames)) if grammar.random.random() < 0.7 else -1
    sent: list[object] = []
    async with connect(person.address, ping_interval=None, max_size=None, **person.handshake) as websocket:
        for place, frame in enumerate(frames):
            if place == bent_at:
                bent = grammar.bent(frame)
                sent.append(bent)
                await provoke(websocket, bent, sent)
                return bent.how
            text = grammar.spelt(frame)
            sent.append(text)
            await websocket.send(grammar.pieces(text))
            kinds = {"hello": "heartbeat", "ping": "pong"}
            if kind := kinds.get(frame["type"]):
                answer = await heard(websocket, kind, sent)
                assert kind != "pong" or answer["t"] == frame["t"], sent
        await websocket.send('{"type":"ping","t":1}')
        await heard(websocket, "pong", sent)
    return "whole"


async def heard(websocket: ClientConnection, kind: str, sent: list[object]) -> Frame:
    while True:
        try:
            frame: Frame = json.loads(await websocket.recv())
        except ConnectionClosed as ended:
            raise AssertionError(f"closed with {ended.rcvd} after {sent}") from ended
        assert frame["type"] not in ("refused", "goodbye"), (frame, sent)
        if frame["type"] == kind:
            return frame


async def provoke(websocket: ClientConnection, bent: Bent, sent: list[object]) -> None:
    """Send it, and hear the end."""
    refusals = []
    try:
        if bent.raw:
            websocket.transport.write(bent.raw)
        else:
            await websocket.send(bent.text)
        while True:
            frame = json.loads(await websocket.recv())
            refusals += [frame["code"]] if frame["type"] == "refused" else []
    except ConnectionClosed as ended:
        code = ended.rcvd.code if ended.rcvd else 1006
    assert code in bent.codes, (code, sent)
    assert refusals == (["bad_frame"] if code == OUTDATED else []), (refusals, sent)


async def fuzz(evening: Evening, screen: str, conversations: int, seed: int) -> Counter[str]:
    """So many conversations of one kind of screen, beside somebody whom they must not disturb; how they were bent."""
    person = evening.hana if screen == "console" else evening.ada
    token = evening.stage.split("/")[2] if screen == "stage" else ""
    found: Counter[str] = Counter()
    turns = iter(range(conversations))

    async def talk() -> None:
        for number in turns:
            grammar = Grammar((seed, screen, number), screen, token)
            async with asyncio.timeout(PATIENCE_SECONDS):
                found[await converse(person, grammar)] += 1

    async with evening.ben.listen() as bystander, asyncio.TaskGroup() as group:
        for _one in range(AT_ONCE):
            group.create_task(talk())
        for number in range(conversations // 20):
            await bystander.say({"type": "ping", "t": number})
            await bystander.until("pong", t=number)
    return found
