"""A round for a thousand phones, from the host's press to the last phone: each is told its own group.

    python -m tests.bench.rounds_bench [--phones 1000] [--rounds 5] [--quick]

The server as it ships, on SQLite, with attendees made in bulk and a raw websocket for each. The clock starts before the
call of `open_round`, so drawing up the groups, writing the seats, the commit, reading and framing are all inside
`first_ms`, `p50_ms` and `last_ms`; `press_ms` is that call alone. Beside it, `pairing_ms` is the pure pairing of as
many people, and `shuffle_ms` what shuffling and cutting takes, from a round of `pairing_bench` in the same run.
"""

import select
import socket
import statistics
import time
from pathlib import Path

from tests.bench import report
from tests.bench.fanout.crowd import connect, frame_up, read, settle
from tests.bench.pairing_bench import evening
from tests.bench.running import hall

WARM_UP = 1
SETTLE_SECONDS = 3


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.rounds = 30, 2
    lines = measured(options.phones, options.rounds)
    middle = {name: round(statistics.median(line[name] for line in lines), 1) for name in lines[0]}
    paired = evening(options.phones, options.rounds, seed=1)
    for name, key in (("ours", "pairing_ms"), ("shuffle", "shuffle_ms")):
        middle[key] = round(1000 * statistics.median(paired[name][1]), 2)
    report.write("rounds", [{"phones": options.phones, "rounds": options.rounds, **middle}])


def measured(phones: int, rounds: int) -> list[dict[str, float]]:
    """Milliseconds of each round, those that only warm up left out."""
    with hall(phones) as running:
        crowd = Crowd(running.told, phones)
        lines = []
        for _round in range(WARM_UP + rounds):
            crowd.settle()
            running.begin("round")
            delays = crowd.hear_groups()
            told = running.answer()
            begun, names = told["begun_ns"], ("first_ms", "p50_ms", "last_ms")
            found = [(delays[place] - begun) / 1e6 for place in (0, phones // 2, -1)]
            lines.append({"press_ms": told["press_ms"], **dict(zip(names, found, strict=True))})
        return lines[WARM_UP:]


class Crowd:
    """A raw websocket for each phone, in one loop."""

    def __init__(self, told: dict[str, str], phones: int) -> None:
        cookies = Path(told["cookies"]).read_text().splitlines()
        sockets = connect(int(told["port"]), told["path"], phones, cookies, frame_up(told["hello"]))
        self.sockets: dict[int, socket.socket] = {one.fileno(): one for one in sockets}
        self.poll = select.epoll()
        for number in self.sockets:
            self.poll.register(number, select.EPOLLIN)

    def settle(self) -> None:
        # Whoever says nothing is asleep, and a phone that is asleep is not matched.
        for one in self.sockets.values():
            one.sendall(frame_up('{"type":"ping","t":0}'))
        settle(self.poll, self.sockets, SETTLE_SECONDS)

    def hear_groups(self) -> list[int]:
        """Monotonic nanoseconds at which each phone had read the frame with its group, the earliest first."""
        heard: dict[int, int] = {}
        while len(heard) < len(self.sockets):
            for number, _event in self.poll.poll():
                if b'"state":"seated"' in read(self.sockets[number]):
                    heard.setdefault(number, time.monotonic_ns())
        return sorted(heard.values())


if __name__ == "__main__":
    main()
