"""Many events in one process, each with a word of its own in every free text: no byte of one reaches another."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from apps.core.codes import new_join_code
from apps.rehearsal.browser import browserless
from tests.servers.daphne import Server

from .gathering import CANARY, PROGRAMME, Gathering

# Evenings that act at the same moment; all of them are under way, and listened to, all the time.
AT_ONCE = 4


def gatherings(server: Server, folder: Path, events: int, pools: Iterator[httpx.AsyncClient]) -> list[Gathering]:
    codes, words = [new_join_code() for _event in range(events)], [f"canary{number}x" for number in range(events)]
    for word in words:
        (folder / word).write_text(PROGRAMME.replace("WORD", word))
    pairs = list(zip(codes, words, strict=True))
    printed = server.manage(
        *(("load_programme", str(folder / word), "--code", code, "--host", f"{word} host") for code, word in pairs)
    )
    made = []
    for number, ((code, word), lines) in enumerate(zip(pairs, printed, strict=True)):
        _code, stage, link = lines.split()
        token = stage.split("/")[-2]
        made.append(Gathering(word, code, next(pools), server.base, token, link, has_pictures=number % 5 == 0))
    return made


async def all_of(ones: list[Gathering], act: Callable[[Gathering], Coroutine[Any, Any, Any]]) -> list[Any]:
    """What each makes of it, a few at a time, before anybody goes on."""
    few = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one: Gathering) -> Any:
        async with few:
            return await act(one)

    return await asyncio.gather(*map(in_turn, ones))


@asynccontextmanager
async def under_way(ones: list[Gathering]) -> AsyncIterator[None]:
    lines = [line for its in await all_of(ones, Gathering.begin) for line in its]
    try:
        yield
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("events", [pytest.param(6, marks=pytest.mark.looks), pytest.param(50, marks=pytest.mark.slow)])
async def test_no_byte_of_one_in_another(server: Server, tmp_path: Path, events: int) -> None:
    async with browserless() as pools:
        ones = gatherings(server, tmp_path, events, pools)
        async with under_way(ones):
            for act in (Gathering.meet, Gathering.tell, Gathering.write, Gathering.edit, Gathering.part):
                await all_of(ones, act)
            await all_of(ones, Gathering.look_around)
            for one in ones:
                await until(lambda one=one: one.have_ended)
                told = one.heard.words
                assert [(who, word, told[who][word]) for who in told for word in told[who] if word != one.word] == []
                assert {who for who in told if one.word in told[who]} == {screen.label for screen in one.screens}
                assert one.heard.faults.counts == {}
            things = [one.heard.things for one in ones]
            assert sum(map(len, things)) == len(set().union(*things))
            assert not CANARY.search(server.log)
            print(f"{events} events: {dict(sum((one.heard.counts for one in ones), Counter()))}")
            await would_be_found(*ones[:2])


async def would_be_found(one: Gathering, other: Gathering) -> None:
    """What Ada takes from another event is found in what she and the console are told."""
    await one.said(one.ada, "PATCH", "me/", {"spot": f"from {other.word}"})
    for label in ("Ada", "Hana"):
        await until(lambda label=label: other.word in one.heard.words[label])
