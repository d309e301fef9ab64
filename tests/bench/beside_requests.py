"""Broadcasts while the same process answers requests.

    python -m tests.bench.beside_requests [--phones 1000] [--rates 0,100,200] [--quick]

The requests are what phones ask for: who am I, and all documents. `p99_ms` is of a broadcast of 300 bytes to all
phones, from before its transaction to the read; `http_p99_ms` of a request from the instant it was due. The load is a
process of its own on the same cores.
"""

import http.client
import json
import subprocess
import sys

from tests.bench import report
from tests.bench.phones import Phone, Phones, spread
from tests.bench.running import ROOT, Hall, cpu_ns, hall

EVERY_SECONDS = 0.2


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--rates", default="0,100,200", help="requests a second")
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.rates, options.seconds = 30, "0,20", 2
    rows: list[report.Row] = []
    with hall(options.phones) as running:
        phones = Phones(running.port)
        phones.arrive([Phone(running.paths[0], cookie) for cookie in running.cookies])
        phones.rest(1)
        for rate in map(int, options.rates.split(",")):
            rows.append(
                {"phones": options.phones, "asked_a_second": rate, **beside(running, phones, rate, options.seconds)}
            )
        assert not phones.refused, phones.refused
        assert not phones.lost
    report.write("beside_requests", rows)


def beside(running: Hall, phones: Phones, rate: int, seconds: float) -> dict[str, object]:
    api = f"/api/v1/events/{running.paths[0].split('/')[2]}/"
    command = [sys.executable, "-m", "tests.bench.requests", str(running.port), running.told["cookies"]]
    command += [str(rate), str(seconds), f"{api}me/", f"{api}snapshot/?as=phone"]
    for path in command[-2:]:  # what is loaded for the first one is no figure
        asked = http.client.HTTPConnection("127.0.0.1", running.port)
        asked.request("GET", path, headers={"Cookie": running.cookies[0]})
        assert asked.getresponse().status == 200
        asked.close()
    load = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) if rate else None
    phones.rest(1)
    cpu, delays, count = cpu_ns(running.pid), [], len(phones.by_fd)
    times = int((seconds - 1.5) / EVERY_SECONDS)
    for _broadcast in range(max(3, times)):
        running.begin("all")
        delays += phones.heard(running.answer()["stamps"], count)[0]
        phones.rest(EVERY_SECONDS)
    cpu = cpu_ns(running.pid) - cpu
    told = json.loads(load.communicate()[0]) if load else {"rate": 0, "failed": 0}
    return {
        "answered_a_second": told["rate"],
        "failed": told["failed"],
        **spread(delays),
        **{f"http_{name}": told[name] for name in ("p50_ms", "p99_ms") if name in told},
        "cpu_share": round(cpu / 1e9 / (times * EVERY_SECONDS), 2) if times else "",
    }


if __name__ == "__main__":
    main()
