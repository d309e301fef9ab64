"""How long the event loop ever stands still with thousands of idle phones.

    python -m tests.bench.stall [--phones 5000] [--seconds 120] [--quick]

A task on the loop of the server sleeps 5 ms again and again and notes how late it wakes; nothing happens meanwhile but
heartbeats, acknowledgements, pings and the server's own chores. The worst of the whole time is what counts.
"""

from tests.bench import report
from tests.bench.phones import Phone, Phones
from tests.bench.running import cpu_ns, hall, resident_kib

WARM_UP_SECONDS = 3
SLICES = 5


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.seconds = 100, 5
    with hall(options.phones + 1) as running:
        phones = Phones(running.port)
        phones.arrive([Phone(running.paths[0], running.cookies[-1])])
        running.begin("watch")
        running.answer()
        before = resident_kib(running.pid)
        phones.arrive([Phone(running.paths[0], cookie) for cookie in running.cookies[:-1]])
        running.begin("stall")
        arriving = running.answer()["worst_ms"]
        phones.rest(WARM_UP_SECONDS)
        running.begin("stall")
        running.answer()
        kib, cpu, worst = (resident_kib(running.pid) - before) / options.phones, cpu_ns(running.pid), []
        for _slice in range(SLICES):
            phones.rest(options.seconds / SLICES)
            running.begin("stall")
            worst.append(running.answer()["worst_ms"])
        busy = (cpu_ns(running.pid) - cpu) / 1e9 / options.seconds
        assert not phones.refused, phones.refused
        assert not phones.lost
    row: report.Row = {
        "phones": options.phones,
        "seconds": options.seconds,
        "worst_ms": round(max(worst), 1),
        "typical_worst_ms": round(sorted(worst)[SLICES // 2], 1),
        "worst_while_arriving_ms": round(arriving, 1),
        "cpu_share": round(busy, 3),
        "kib_a_phone": round(kib, 1),
    }
    report.write("stall", [row])


if __name__ == "__main__":
    main()
