"""Fifty phones that stop reading beside a thousand that do not.

    python -m tests.bench.stuck [--phones 1000] [--stuck 50] [--messages 60] [--quick]

So many messages of 16 KB go to all, first with everybody well, then with some whose windows are shut. What waits for a
stuck phone is bounded, then it is sent away (4008) to come back later; the others miss none and must not notice.
"""

import time

from tests.bench import report
from tests.bench.phones import Phone, Phones, spread
from tests.bench.running import Hall, hall, resident_kib

# A machine's own sockets take in megabytes before they say that they are full; a phone's do not.
WINDOW_BYTES = 8 * 1024


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--stuck", type=int, default=50)
    parser.add_argument("--messages", type=int, default=60)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.stuck, options.messages = 40, 4, 40
    rows: list[report.Row] = []
    with hall(options.phones + options.stuck) as running:
        phones = Phones(running.port)
        crowd = [Phone(running.paths[0], cookie) for cookie in running.cookies]
        well, ill = crowd[: options.phones], crowd[options.phones :]
        for phone in ill:
            phone.window = WINDOW_BYTES
        phones.arrive(well)
        tell(running, phones, 8)  # from here on what a newcomer gets stays as large
        rows.append({"what": "all well", **tell(running, phones, options.messages)})
        phones.arrive(ill)
        for phone in ill:
            phones.put_down(phone)
        rows.append({"what": f"{options.stuck} stuck", **tell(running, phones, options.messages)})
        phones.rest(1)
        closed = sum(is_closed(phone) for phone in ill)
        rows.append({"what": "afterwards", **tell(running, phones, options.messages), "sent_away": closed})
        assert not phones.refused, phones.refused
        assert not phones.lost
    report.write("stuck", [{"phones": options.phones, **row} for row in rows])


def tell(running: Hall, phones: Phones, messages: int) -> dict[str, float]:
    before, most, delays = resident_kib(running.pid), 0.0, []
    healthy = sum(phone.state == "live" for phone in phones.by_fd.values()) - len(phones.silent)
    for _message in range(messages):
        running.begin("large")
        delays += phones.heard(running.answer()["stamps"], healthy)[0]
        most = max(most, resident_kib(running.pid))
        phones.rest(0.05)
    return {**spread(delays), "server_grew_mib": round((most - before) / 1024, 1)}


def is_closed(phone: Phone) -> bool:
    """Whether the server has ended this line; reads what the kernel still holds."""
    phone.socket.setblocking(False)
    end = time.monotonic() + 2
    while time.monotonic() < end:
        try:
            if not phone.socket.recv(1 << 20):
                return True
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:
            return True
    return False


if __name__ == "__main__":
    main()
