"""Seeded chaos on real servers: `python -m tests.faults.chaos --kills 200 --seed 7`.

While a crowd writes and listens, parts are killed at random moments and come back as under a supervisor. After each
kill everything is compared: what was acknowledged, what the tables hold, what the streams say, what each screen has.
"""

import argparse
import asyncio
import contextlib
import copy
import json
import logging
import os
import random
import resource
import secrets
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.servers import people
from tests.servers.daphne import PATIENCE_SECONDS, Process

from .crowd import Crowd, Journal, Outbox, fresh
from .ground import GROUNDS, Ground

HALF_OF_HINTS = "hint=0.5"
AWAY_SECONDS = (0.3, 2.0)
PAGE_BYTES = 4096
KINDS = {
    "process": "a process, at any moment",
    "published": "a process, before the commit",
    "committed": "a process, between commit and push",
    "redis": "Redis",
    "minute": "Redis, for a minute",
    "postgres": "Postgres",
    "disk": "disk full",
    "restart": "SIGTERM",
}
OF_GROUND = {
    "small": ["process", "published", "committed", "restart", "disk"],
    "large": ["process", "published", "committed", "redis", "postgres", "restart"],
}


@dataclass
class Summary:
    ground: str
    kills: Counter[str] = field(default_factory=Counter)
    checks: int = 0
    journal: Journal = field(default_factory=Journal)
    seconds: float = 0

    def rows(self) -> dict[str, int]:
        """What there is to tell. Had there been a loss, the run would have ended with it."""
        journal = self.journal
        return {
            **{f"kills: {KINDS[kind]}": self.kills[kind] for kind in KINDS},
            "kills": self.kills.total(),
            "acknowledged writes": journal.writes,
            "lost": 0,
            "doubled": 0,
            "sent again with the same key": journal.resent,
            "asked to try again (503)": journal.refused.total(),
            "screens that came back": journal.reconnects,
            "goodbyes": len(journal.goodbyes),
            "frames applied": journal.frames["applied"],
            "frames dropped as old": journal.frames["dropped"],
            "gaps": 0,
            "comparisons of everything": self.checks,
            "seconds": round(self.seconds),
        }


class Breaker:
    def __init__(self, ground: Ground, summary: Summary, chance: random.Random, kinds: Sequence[str]) -> None:
        self.ground, self.summary, self.chance, self.kinds = ground, summary, chance, kinds

    async def __call__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        for kind in self.kinds:
            await asyncio.sleep(self.chance.uniform(0.1, 0.5))
            await getattr(self, f"kill_{kind}")()
            self.summary.kills[kind] += 1
            await asyncio.sleep(self.chance.uniform(0.1, 0.3))
            await self.compare()

    def a_process(self) -> Process:
        """One that some screen listens to."""
        base = self.chance.choice(self.crowd.listeners).base
        return next(one for one in self.ground.server.processes if one.base == base)

    async def kill_process(self) -> None:
        """kill -9 at a random moment."""
        one = self.a_process()
        one.kill()
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        await asyncio.to_thread(one.start)

    async def kill_restart(self) -> None:
        """An administrator's: SIGTERM, in the middle of everything; three more phones hear when to come back."""
        one, ada = self.a_process(), copy.copy(self.crowd.evening.ada)
        ada.base = one.base
        async with contextlib.AsyncExitStack() as phones:
            asked = [await phones.enter_async_context(ada.listen()) for _ in range(3)]
            stopping = asyncio.create_task(asyncio.to_thread(one.stop))
            goodbyes = [await phone.until("goodbye") for phone in asked]
            assert await stopping == 0
        self.crowd.journal.goodbyes.extend(frame["after_seconds"] for frame in goodbyes)
        await asyncio.to_thread(one.start)

    async def kill_published(self) -> None:
        """Dies with everything written and nothing committed."""
        await self.die_at(signal.SIGUSR1)

    async def kill_committed(self) -> None:
        """Dies between the commit and the push: nobody was told, neither the sender nor the screens."""
        await self.die_at(signal.SIGUSR2)

    async def die_at(self, place: signal.Signals) -> None:
        """The next write that gets there is a process's last (`warm.DIES_AT`): a slip, unless others come first."""
        one, crowd = self.a_process(), self.crowd
        await crowd.rest()
        one.process.send_signal(place)
        outbox = Outbox(crowd.evening.mo, crowd)
        async with outbox.client:
            writing = asyncio.create_task(crowd.write_slip(outbox, one.base))
            await asyncio.sleep(self.chance.uniform(0, 0.05))
            crowd.begin()
            assert await asyncio.to_thread(one.process.wait, PATIENCE_SECONDS) == -signal.SIGKILL
            await asyncio.to_thread(one.start)
            await writing

    async def kill_redis(self, *, away_seconds: float = 0) -> None:
        """Hints are a luxury: while they are away, everybody writes and hears everything as well."""
        assert self.ground.redis
        self.ground.redis.kill()
        await asyncio.sleep(away_seconds or self.chance.uniform(*AWAY_SECONDS))
        await self.compare()
        await asyncio.to_thread(self.ground.redis.start)

    async def kill_minute(self) -> None:
        """Redis, for a minute."""
        await self.kill_redis(away_seconds=60)

    async def kill_postgres(self) -> None:
        assert self.ground.postgres
        await asyncio.to_thread(self.ground.postgres.kill)
        await asyncio.sleep(self.chance.uniform(*AWAY_SECONDS))
        await asyncio.to_thread(self.ground.postgres.start)

    async def kill_disk(self) -> None:
        """It is full: what the kernel answers to a write is what it answers when no file may be longer than a page."""
        ada, key = self.crowd.evening.ada, secrets.token_urlsafe(24)
        pid, before = self.ground.server.processes[0].process.pid, self.crowd.journal.refused["busy"]
        spot = {"spot": f"full {key[:8]}"}
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (PAGE_BYTES, resource.RLIM_INFINITY))
        for _attempt in range(2):
            refused = await asyncio.to_thread(ada.ask, "PATCH", "me/", spot, key)
            assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert fresh(ada, ada.base)["me"][1]["attendee"]["spot"] != spot["spot"]
        assert (await asyncio.to_thread(ada.client.get, f"/{ada.code}/")).status_code == 200
        while self.crowd.journal.refused["busy"] == before:
            await asyncio.sleep(0.02)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        saved = await asyncio.to_thread(ada.ask, "PATCH", "me/", spot, key)
        assert saved.raise_for_status().json()["attendee"]["spot"] == spot["spot"]

    async def compare(self) -> None:
        """Nobody writes for a moment: what was acknowledged, what is stored and what is shown are the same."""
        crowd, journal = self.crowd, self.crowd.journal
        await crowd.rest()
        ask = ("tests.faults.audit", crowd.evening.code)
        found = json.loads((await asyncio.to_thread(self.ground.server.manage, ask))[0])
        people_before = {one for one, (name, _spot) in found["attendees"].items() if name in ("Ada", "Ben")}
        found["attendees"] = {one: who for one, who in found["attendees"].items() if one not in people_before}
        assert len(people_before) == 2
        assert found["attendees"] == journal.attendees, "attendees lost or doubled"
        assert sorted(found["slips"]) == sorted(journal.slips), "slips lost or doubled"
        assert sorted(found["mine"]) == sorted(journal.mine), "names lost or doubled"
        assert found["moves"][-len(journal.moves) :] == journal.moves if journal.moves else True, "moves lost"
        assert found["step"] == len(found["moves"]) == crowd.step, "moves doubled"
        assert found["differing"] == [], "stored documents are not what the tables say"
        assert journal.frames["resync"] == journal.frames["behind"] == 0, "a client saw a gap"
        await self.screens_equal(crowd)
        self.summary.checks += 1
        crowd.begin()

    async def screens_equal(self, crowd: Crowd) -> None:
        """Nobody writes: every screen comes to hold what a fresh one is given, by itself."""
        until = time.monotonic() + PATIENCE_SECONDS
        everybody = [listener for listener in crowd.listeners if listener.person.screen != "stage"]
        # A stage has no snapshot of its own to ask for: it hears what the phones hear.
        for process in self.ground.server.processes:
            while True:
                wanted = {one: await asyncio.to_thread(fresh, one.person, process.base) for one in everybody}
                public = wanted[everybody[0]]["public"]
                if all(one.holds() == wanted[one] for one in everybody) and all(
                    one.holds().get("public") == public for one in crowd.listeners
                ):
                    break
                assert time.monotonic() < until, "a screen does not come to hold what is true"
                await asyncio.sleep(0.1)


def plan(ground: str, kills: int, chance: random.Random) -> list[str]:
    """Kinds in random order, each about as often as the others."""
    rounds, rest = divmod(kills, len(OF_GROUND[ground]))
    kinds = OF_GROUND[ground] * rounds + chance.sample(OF_GROUND[ground], rest)
    chance.shuffle(kinds)
    return kinds


def run(ground_name: str, seed: int, kinds: Sequence[str]) -> Summary:
    """One evening with these kills; raises where anything was lost, doubled or different."""
    chance, began = random.Random(f"{ground_name}-{seed}"), time.monotonic()
    summary = Summary(ground_name)
    with GROUNDS[ground_name]({"FAILPOINTS": HALF_OF_HINTS, "LOG_LEVEL": "WARNING"}) as ground:
        evening = people.evening(ground.server)
        evening.hana.press("start")
        crowd = Crowd(evening, chance)
        evening.hana.ask("PUT", f"bowls/{crowd.bowl}/opening/").raise_for_status()
        summary.journal = crowd.journal
        asyncio.run(crowd.run(Breaker(ground, summary, chance, kinds)))
        # However badly it went: nothing that people have typed or were given.
        cookies = [cookie.value for person in (evening.hana, evening.ada) for cookie in person.client.cookies.jar]
        secret = ["Guest ", "Slip ", *cookies, evening.stage.split("/")[-2]]
        assert [one for one in secret if one and one in ground.server.log] == []
        evening.close()
    summary.seconds = time.monotonic() - began
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--ground", choices=[*GROUNDS, "both"], default="both")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    import django

    django.setup()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    from socialhub.static import collect

    collect()
    grounds = list(GROUNDS) if options.ground == "both" else [options.ground]
    chance, summaries = random.Random(options.seed), []
    for number, ground in enumerate(grounds):
        kinds = plan(ground, (options.kills + number) // len(grounds), chance) + ["minute"] * (ground == "large")
        print(f"seed {options.seed}, {ground}: {', '.join(kinds)}", flush=True)
        summaries.append(run(ground, options.seed, kinds))
    print(table(summaries))


def table(summaries: Sequence[Summary]) -> str:
    """Markdown, a column for each set-up."""
    head = ["| |" + "".join(f" {one.ground} |" for one in summaries), "|---|" + "---:|" * len(summaries)]
    columns = [one.rows() for one in summaries]
    return "\n".join(head + [f"| {row} |" + "".join(f" {rows[row]} |" for rows in columns) for row in columns[0]])


if __name__ == "__main__":
    main()
