"""Two processes on Postgres and Redis against one, and one on SQLite.

    python -m tests.bench.processes [--phones 2000] [--presses 7] [--quick]

Half of the phones sit at each process; Hana presses at the first. Times are from before her request to the read of the
frame at a phone. All three run at once and are pressed in turn, so that a slow minute falls on all of them.
"""

import contextlib

from tests.bench import report
from tests.bench.installation import Installation, Line, installation, middle_of
from tests.bench.phones import Phones, spread
from tests.bench.running import cpu_ns
from tests.servers.postgres import postgres
from tests.servers.redis import redis

WARM_UP = 2
WAVES = 8


class Party:
    """One installation with its phones, at each of its processes as many."""

    def __init__(self, running: Installation) -> None:
        self.line = Line.of(running.evening.hana)
        self.blanked = False
        self.step = 1
        processes = running.server.processes
        self.pids = [process.process.pid for process in processes]
        crowd = running.crowd()
        share = len(crowd) // len(processes)
        self.phones = [Phones(process.port) for process in processes]
        # One loop hears all of them, wherever they sit.
        for phones in self.phones[1:]:
            phones.poll, phones.by_fd = self.phones[0].poll, self.phones[0].by_fd
        self.crowds = [crowd[place * share : (place + 1) * share] for place in range(len(processes))]
        self.there = share * len(processes)
        self.delays: list[float] = []
        self.last: list[float] = []
        self.cpu: list[float] = []

    def arrive(self, wave: int) -> None:
        for phones, crowd in zip(self.phones, self.crowds, strict=True):
            phones.arrive(crowd[wave::WAVES])

    def press(self, counts: bool) -> None:
        self.blanked = not self.blanked
        body = {"verb": "blank" if self.blanked else "unblank", "from_step": self.step}
        self.step += 1
        marker = b'"step":%d,' % self.step
        cpu = sum(map(cpu_ns, self.pids))
        begun, heard = self.phones[0].mark(marker, lambda: self.line.send("POST", "moves/", body), self.there)
        self.line.answer()
        self.phones[0].rest(0.2)
        if counts:
            delays = [(at - begun) / 1e6 for at in heard.values()]
            self.delays += delays
            self.last.append(max(delays))
            self.cpu.append((sum(map(cpu_ns, self.pids)) - cpu) / 1e6)

    def row(self) -> dict[str, object]:
        return {**spread(self.delays), "last_ms": middle_of(self.last), "cpu_ms": middle_of(self.cpu)}


def rest(parties: dict[str, Party]) -> None:
    for party in parties.values():
        party.phones[0].rest(0.1)


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--presses", type=int, default=7)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.presses = 40, 3
    with contextlib.ExitStack() as stack:
        database, kept = stack.enter_context(postgres()), stack.enter_context(redis())
        servers = {
            name: stack.enter_context(installation(where, processes))
            for name, where, processes in (
                ("one, SQLite", None, 1),
                ("one, Postgres and Redis", (database, kept.url), 1),
                ("two, Postgres and Redis", (database, kept.url), 2),
            )
        }
        for server in servers.values():
            server.seed(options.phones)
        # Only now, and in waves: phones that nobody reads for half a minute are lost.
        parties = {name: Party(server) for name, server in servers.items()}
        for wave in range(WAVES):
            for party in parties.values():
                party.arrive(wave)
                rest(parties)
        for turn in range(WARM_UP + options.presses):
            for party in parties.values():
                party.press(counts=turn >= WARM_UP)
                rest(parties)
        for party in parties.values():
            assert not party.phones[0].refused, party.phones[0].refused
            assert not party.phones[0].lost
            party.phones[0].leave()
    rows: list[report.Row] = [
        {"phones": options.phones, "processes": name, **party.row()} for name, party in parties.items()
    ]
    report.write("processes", rows)


if __name__ == "__main__":
    main()
