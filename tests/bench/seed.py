"""Many attendees and tips, made in bulk as joining and writing would have made them, then told to the streams.

    python -m tests.bench.seed CODE --attendees 1000 --cookies FILE [--tips 2000]

Run with the environment of an installation. The file gets one Cookie header a line.
"""

import argparse
import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.events.models import Attendee, Event
    from apps.tips.models import Wall


def attend(event: "Event", count: int) -> tuple[list["Attendee"], list[str]]:
    """New attendees and their signed device cookies."""
    from apps.core import clock, codes
    from apps.events import identity
    from apps.events.models import Attendee

    devices = [codes.new_id() for _number in range(count)]
    moment = clock.now()
    made = Attendee.objects.bulk_create(
        Attendee(
            event=event,
            name=f"Ada {number}",
            name_key=f"seeded {number}",
            shown_key=f"seeded {number}",
            device_hash=identity.device_hash(event, device),
            joined_at=moment,
            seen_at=moment,
        )
        for number, device in enumerate(devices)
    )
    return made, [f"device={identity.DEVICE_SIGNER.sign(device)}" for device in devices]


def stick(wall: "Wall", authors: Sequence["Attendee"], texts: Sequence[str]) -> None:
    """Approved tips under no theme, unsigned."""
    from apps.core import clock
    from apps.tips.models import Tip
    from apps.tips.moderation import State

    moment = clock.now()
    Tip.objects.bulk_create(
        Tip(
            wall=wall,
            author=authors[number % len(authors)],
            author_name="Ada",
            signed=False,
            text=text,
            state=State.APPROVED,
            written_at=moment,
            approved_at=moment,
        )
        for number, text in enumerate(texts)
    )
    wall.suggestions_stale = True
    wall.save()


def texts(count: int) -> list[str]:
    """As many different tips as wanted, made of halves of those of our own labelled boards."""
    from tests.bench.theming_bench import varied
    from tests.tips.labelled import OWN, board

    return varied([text for path in sorted(OWN.glob("*_own.csv")) for text in board(path).texts], count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("code")
    parser.add_argument("--attendees", type=int, default=1)
    parser.add_argument("--cookies", type=pathlib.Path, required=True)
    parser.add_argument("--tips", type=int, default=0, help="on the wall that is open")
    options = parser.parse_args()

    import django

    django.setup()
    from apps.events.models import Event
    from apps.live.rebuild import rebuild
    from apps.tips.models import Wall

    event = Event.objects.get(code=options.code)
    made, cookies = attend(event, options.attendees)
    options.cookies.write_text("\n".join(cookies))
    if options.tips:
        stick(Wall.objects.get(segment__event=event), made, texts(options.tips))
    rebuild(event.code)


if __name__ == "__main__":
    main()
