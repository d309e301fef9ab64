"""The founding event with thirty simulated people, on each set-up."""

from apps.rehearsal.evening import Rehearsal
from apps.rehearsal.report import report
from tests.servers.people import Evening


async def test_thirty_people_come_through_the_founding_event(evening: Evening) -> None:
    address = evening.server.manage(("sign_in_link", evening.code, "Hana"))[0].strip()
    verdict = await Rehearsal(evening.server.base + address, people=30, speed=600).run()
    text = report(verdict, 30, 600)
    assert text.splitlines()[-1] == "0 lost, 0 doubled, 0 leaked, 0 errors, 0 avoidable repeats", text
    counts = verdict.counts
    assert (counts["rounds"], counts["draws"] > 2, counts["stories"] > 0, counts["keepsakes"] > 20) == (
        5,
        True,
        True,
        True,
    )
    assert counts["forbidden calls"] > 0
    assert verdict.delays.keys() >= {
        "a move",
        "a round, to all",
        "one's own group",
        "a name called",
        "a tip on the wall",
    }
    # The copies are gone, the event itself was not touched.
    assert [one["code"] for one in evening.hana.client.get("/api/v1/events/").json()["events"]] == [evening.code]
