"""Many small events at once instead of a large one: `python -m tests.bench.many_events [--events 50] [--phones 20]`.

In each round something is published to every event, each time in a transaction of its own, as fast as that goes. Delays
are from before an event's transaction to its last phone. Beside it, one event with all the phones, told once.
"""

import statistics

from tests.bench import report
from tests.bench.phones import Phone, Phones, spread
from tests.bench.running import Hall, cpu_ns, hall


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--phones", type=int, default=20, help="of each event")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    if options.quick:
        options.events, options.phones, options.rounds = 4, 5, 2
    rows: list[report.Row] = []
    for events, each, deed in ((options.events, options.phones, "events"), (1, options.events * options.phones, "all")):
        with hall(each, "--events", str(events)) as running:
            phones = Phones(running.port)
            places = [path for path in running.paths for _phone in range(each)]
            phones.arrive([Phone(*one) for one in zip(places, running.cookies, strict=True)])
            phones.rest(1)
            told = [tell(running, phones, deed, each) for _round in range(options.rounds + 1)][1:]
        last = [delay for delays, _cpu in told for delay in delays]
        cpu = statistics.median(cpu for _delays, cpu in told)
        rows.append({"events": events, "phones_each": each, **spread(last), "cpu_ms": round(cpu, 1)})
    report.write("many_events", rows)


def tell(running: Hall, phones: Phones, deed: str, each: int) -> tuple[list[float], float]:
    """Milliseconds until the last phone of each event has heard, and of the server's CPU."""
    cpu = cpu_ns(running.pid)
    running.begin(deed)
    delays = phones.heard(running.answer()["stamps"], each)
    phones.rest(0.1)
    return [found[-1] for found in delays], (cpu_ns(running.pid) - cpu) / 1e6


if __name__ == "__main__":
    main()
