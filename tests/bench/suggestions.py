"""Themes suggested for a large wall while the show goes on: `python -m tests.bench.suggestions [--tips 500,2000]`.

The server makes suggestions in a thread of its own, as it does when a wall has changed: first with no features known,
then with all of them cached. All the while, 25 times a second, something is told to all phones: `p99_ms` is of those
broadcasts, beside that of as many when nothing is computed.
"""

import statistics

from tests.bench import report
from tests.bench.phones import Phone, Phones, spread
from tests.bench.running import Hall, hall

QUIET = 30


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--tips", default="500,2000")
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.quick:
        options.tips, options.phones, options.rounds = "60,120", 30, 2
    rows: list[report.Row] = []
    for tips in map(int, options.tips.split(",")):
        with hall(options.phones, "--tips", str(tips)) as running:
            phones = Phones(running.port)
            phones.arrive([Phone(running.paths[0], cookie) for cookie in running.cookies])
            phones.rest(4)  # until what the server does by itself about a wall that has changed is over
            about = {"tips": tips, "phones": options.phones}
            rows.append(about | {"what": "nothing computed", **spread(quiet(running, phones, options.phones))})
            running.begin("forget")
            running.answer()
            first = suggested(running, phones, options.phones)
            rows.append(about | {"what": "first time", "seconds": round(first[0], 3), **spread(first[1])})
            more = [suggested(running, phones, options.phones) for _round in range(options.rounds)]
            seconds = statistics.median(took for took, _delays in more)
            during = [delay for _took, delays in more for delay in delays]
            rows.append(about | {"what": "features cached", "seconds": round(seconds, 3), **spread(during)})
            assert not phones.lost
    report.write("suggestions", rows)


def quiet(running: Hall, phones: Phones, count: int) -> list[float]:
    delays = []
    for _broadcast in range(QUIET):
        running.begin("all")
        delays += phones.heard(running.answer()["stamps"], count)[0]
        phones.rest(0.04)
    return delays


def suggested(running: Hall, phones: Phones, count: int) -> tuple[float, list[float]]:
    running.begin("suggest")
    while not running.has_answered():
        phones.turn(0.05)
    told = running.answer()
    return told["seconds"], [delay for delays in phones.heard(told["stamps"], count) for delay in delays]


if __name__ == "__main__":
    main()
