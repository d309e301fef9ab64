"""A tip's way: sent by a phone, on the moderators' screens, approved, on every phone and on the stage.

    python -m tests.bench.tips [--phones 1000] [--tips 12] [--quick]

Times are from before the request that writes (or approves) to the read of the frame with the tip's text: the rules, the
commit and the hub are inside. Phones, two consoles and a stage are sockets of this process.
"""

from tests.bench import report
from tests.bench.installation import Installation, Line, installation, middle_of
from tests.bench.phones import Phone, Phones, spread

WARM_UP = 2


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--tips", type=int, default=12)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.tips = 30, 3
    with installation() as running:
        segment = running.enter("group_exercise")
        running.seed(options.phones)
        rows = measured(running, segment, options.tips)
    report.write("tips", [{"phones": options.phones, "tips": options.tips, **row} for row in rows])


def measured(running: Installation, segment: str, tips: int) -> list[report.Row]:
    phones = Phones(running.port, reduces=True)
    crowd, stage = running.crowd(), running.stage()
    consoles = [running.console(running.evening.hana), running.console(running.evening.mo)]
    phones.arrive([stage, *consoles, *crowd])
    phones.rest(2)
    mo, wall = Line.of(running.evening.mo), f"walls/{segment}/tips/"
    base, api = running.server.base, running.evening.mo.api
    waits, shown, on_stage, last = [], [], [], []
    for number in range(WARM_UP + tips):
        text = f"Write it down, for the {number}th time"
        author = Line(base, api, running.cookies[number])
        # The consoles, and the author's own phone.
        begun, heard = phones.mark(text.encode(), lambda: author.send("POST", wall, {"text": text}), 3)  # noqa: B023
        tip = author.answer()["tip"]["id"]
        phones.rest(0.3)
        approve = {"verb": "approve", "seen": text}
        everybody = len(crowd) + len(consoles) + 1
        path = f"{wall}{tip}/decision/"
        approved, seen = phones.mark(text.encode(), lambda: mo.send("PUT", path, approve), everybody)  # noqa: B023
        mo.answer()
        phones.rest(0.3)
        if number >= WARM_UP:
            waits += [ms(begun, heard, console) for console in consoles]
            delays = [ms(approved, seen, phone) for phone in crowd]
            shown += delays
            last.append(max(delays))
            on_stage.append(ms(approved, seen, stage))
    assert not phones.refused, phones.refused
    assert not phones.lost
    phones.leave()
    return [
        {"what": "written, on the moderators' screens", **spread(waits)},
        {"what": "approved, on all phones", **spread(shown), "last_ms": middle_of(last)},
        {"what": "approved, on the stage", **spread(on_stage)},
    ]


def ms(begun: int, heard: dict[Phone, int], phone: Phone) -> float:
    return (heard[phone] - begun) / 1e6


if __name__ == "__main__":
    main()
