"""socialhub as it ships, in a process of its own, with as many attendees as asked; each line of input does something.

    python -m tests.bench.hall ATTENDEES [--events 1] [--tips 0]

First it prints where to connect; then, for each line that names a method of `Deeds`, what that answers. Instants are
CLOCK_MONOTONIC in nanoseconds, which all processes of a machine share; those of publishing are taken before the
transaction: commit, hint, reading and framing are all inside a figure.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from tests.bench.running import ROOT, raise_file_limit

parser = argparse.ArgumentParser()
parser.add_argument("attendees", type=int, help="of each event")
parser.add_argument("--events", type=int, default=1)
parser.add_argument("--tips", type=int, default=0, help="approved ones on the wall of the first event, which is open")
options = parser.parse_args()

folder = tempfile.TemporaryDirectory(prefix="socialhub-bench-")
os.environ |= {"VAR": folder.name, "DJANGO_SETTINGS_MODULE": "socialhub.settings", "DATABASE_URL": "", "REDIS_URL": ""}
(Path(folder.name) / "static").mkdir()  # nobody asks for files here
raise_file_limit()

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from apps.core.codes import new_join_code  # noqa: E402
from apps.events import actions as events  # noqa: E402
from apps.events.models import Attendee, Crew, Event  # noqa: E402
from apps.events.queries import segments_of  # noqa: E402
from apps.events.rules import Press, Verb  # noqa: E402
from apps.live import publish, streams  # noqa: E402
from apps.live.rebuild import rebuild  # noqa: E402
from apps.live.server import bound, serve  # noqa: E402
from apps.matching import actions as matching  # noqa: E402
from apps.tips.actions import suggesting  # noqa: E402
from apps.tips.beside import beside  # noqa: E402
from apps.tips.models import Wall  # noqa: E402
from tests.bench import seed  # noqa: E402
from tests.bench.fanout.payload import document  # noqa: E402
from tests.servers.people import FOUNDING  # noqa: E402

# Several publishes that are read at once must each be heard: they change different documents.
KEYS = 8
# While the server has much else to do, very many may be read at once.
KEYS_OF_A_BUSY_TIME = 1000
LARGE = "x" * 16_000
PAUSE_SECONDS = 0.04


class Deeds:
    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.turn = 0
        self.rounds = 0
        self.worst_seconds = 0.0
        event = Event.objects.get(code=codes[0])
        self.hana = Crew.objects.get(event=event)
        self.own = [streams.attendee(codes[0], one) for one in event.attendees.values_list("public_id", flat=True)]

    def tell(self, code: str, told: dict[str, object], keys: int = KEYS) -> int:
        self.turn += 1
        with transaction.atomic():
            publish.publish(streams.public(code), "bench.ticked", {f"bench/{self.turn % keys}": told})
        return int(str(told["bench_ns"]))

    def all(self) -> dict[str, object]:
        """One document of 300 bytes, for everybody."""
        return {"stamps": [self.tell(self.codes[0], document())]}

    def large(self) -> dict[str, object]:
        """One of 16 KB."""
        return {"stamps": [self.tell(self.codes[0], document() | {"more": LARGE})]}

    def each(self) -> dict[str, object]:
        """A document of their own for everybody, in one transaction."""
        told = document()
        with transaction.atomic():
            publish.publish_each(
                "bench.ticked", {name: {"bench": told | {"for": place}} for place, name in enumerate(self.own)}
            )
        return {"stamps": [told["bench_ns"]]}

    def events(self) -> dict[str, object]:
        """One document for each event, each in a transaction of its own."""
        begun = time.monotonic_ns()
        stamps = [self.tell(code, document()) for code in self.codes]
        return {"stamps": stamps, "took_ms": (time.monotonic_ns() - begun) / 1e6}

    def round(self) -> dict[str, object]:
        event = Event.objects.get(code=self.codes[0])
        begun = time.monotonic_ns()
        opened = matching.open_round(event, by=self.hana, after=self.rounds)
        press_ms = (time.monotonic_ns() - begun) / 1e6
        self.rounds += 1
        assert opened.seats.count() == Attendee.objects.filter(event=event).count()
        return {"begun_ns": begun, "press_ms": press_ms}

    def suggest(self) -> dict[str, object]:
        """Suggestions for the wall, in the thread that makes them when the server runs; broadcasts meanwhile."""
        wall = Wall.objects.get(segment__event__code=self.codes[0])
        begun = time.perf_counter()
        working = suggesting.pool.submit(self.suggested, wall.pk)
        stamps = []
        while not working.done():
            stamps.append(self.tell(self.codes[0], document(), KEYS_OF_A_BUSY_TIME))
            time.sleep(PAUSE_SECONDS)
        return {"seconds": working.result() - begun, "stamps": stamps}

    def forget(self) -> dict[str, object]:
        """What is known of the tips, as after a restart."""
        beside.end()
        return {}

    def suggested(self, wall: int) -> float:
        suggesting.suggest(wall)
        return time.perf_counter()

    def watch(self) -> dict[str, object]:
        """Begin to look, every 5 ms, how late the event loop is."""
        from apps.live.door.server import reactor

        loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
        loop.call_soon_threadsafe(lambda: loop.create_task(self.look()))
        return {}

    async def look(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.worst_seconds = max(self.worst_seconds, time.perf_counter() - before - 0.005)

    def stall(self) -> dict[str, object]:
        """The worst since this was last asked."""
        worst, self.worst_seconds = self.worst_seconds, 0.0
        return {"worst_ms": worst * 1000}


def obey(deeds: Deeds) -> None:
    try:
        for line in sys.stdin:
            answer = getattr(deeds, line.strip())()
            print(json.dumps(answer), flush=True)
    except Exception:
        traceback.print_exc()
    # Whoever waits for an answer, or for a frame, sees the end instead.
    os._exit(0)


def made(code: str) -> list[str]:
    """A founding event that has begun; the cookies of its attendees."""
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_programme", ROOT / FOUNDING, code=code, host="Hana", stdout=nowhere)
    event, hana = Event.objects.get(code=code), Crew.objects.get(event__code=code)
    people, cookies = seed.attend(event, options.attendees)
    events.move(event, Press(Verb.START), by=hana, from_step=event.step)
    if options.tips and code == codes[0]:
        event = Event.objects.get(code=code)
        exercise = next(segment for segment in segments_of(event) if segment.kind == "group_exercise")
        events.move(event, Press(Verb.ENTER, segment=exercise.public_id), by=hana, from_step=event.step)
        seed.stick(Wall.objects.get(segment=exercise), people, seed.texts(options.tips))
    rebuild(code)
    return cookies


call_command("migrate", verbosity=0)
codes = [new_join_code() for _number in range(options.events)]
cookies = Path(folder.name) / "cookies"
cookies.write_text("\n".join(cookie for code in codes for cookie in made(code)))
deeds = Deeds(codes)
connection.close()
listening = bound("127.0.0.1", 0)
listening.listen(4096)  # whoever comes while the server still starts waits in the backlog
told = {
    "port": listening.getsockname()[1],
    "path": f"/live/{codes[0]}/",
    "paths": [f"/live/{code}/" for code in codes],
    "hello": json.dumps({"type": "hello", "as": "phone", "streams": {}}),
    "cookies": str(cookies),
}
threading.Thread(target=obey, args=[deeds], daemon=True).start()
print(json.dumps(told), flush=True)
serve("socialhub.asgi:application", listening)
