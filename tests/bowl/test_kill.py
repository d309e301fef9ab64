"""`kill -9` around a draw: it happened once or not at all, and the record says which."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx

from apps.bowl.proof import check
from tests.servers import people
from tests.servers.people import Evening
from tests.servers.warm import WarmServer

# Seconds from the sending of the draw to the kill: before it is read, while it is written, after it was told.
MOMENTS = (0.0, 0.005, 0.015, 0.03, 0.06, 0.3)
NAMES = ("Cleo", "Dan", "Eva")


def bowl_of(evening: Evening) -> dict[str, Any]:
    documents = evening.hana.ask("GET", "snapshot/?as=console").raise_for_status().json()["streams"]
    public = documents["public"]["documents"]
    return public[f"bowl/{public['programme']['segments'][1]['id']}"]


def slips_of(evening: Evening) -> list[dict[str, Any]]:
    documents = evening.hana.ask("GET", "snapshot/?as=console").raise_for_status().json()["streams"]
    return [value for key, value in documents["crew"]["documents"].items() if key.startswith("slips/")]


def test_a_draw_happens_once_or_not_at_all(new_server: Callable[..., Any]) -> None:
    with new_server(kind=WarmServer) as server:
        evening = people.evening(server)
        evening.hana.press("start")
        here = f"bowls/{bowl_of(evening)['segment']}/"
        for name in NAMES:
            evening.hana.ask("POST", f"{here}slips/", {"name": name}).raise_for_status()
        happened = []
        for moment in MOMENTS:
            after, key = len(bowl_of(evening)["draws"]), f"draw-after-{moment * 1000:04.0f}-milliseconds"
            press: dict[str, Any] = {"after": after}
            if after % 2:
                evening.hana.ask("PUT", f"{here}list/", press).raise_for_status()
                press = press | {"beacon": "rain"}
            frozen = bowl_of(evening)["frozen"]
            heard = kill_during(evening, f"{here}draws/", press, key, moment)
            bowl = bowl_of(evening)
            made = bowl["draws"][after:]
            happened.append(len(made))
            # What a host was told has happened; the slip, the public record and the proof agree on whether it did.
            assert len(made) in ({1} if heard else {0, 1})
            called = [slip["name"] for slip in slips_of(evening) if slip["state"] == "called"]
            assert called == [draw["name"] for draw in made]
            assert bowl["slips"] == len(NAMES) - len(made)
            assert bowl["frozen"] == (None if made else frozen), "a list waits until it has been drawn from"
            assert check(evening.hana.ask("GET", f"{here}proof/").raise_for_status().json()) == []
            # The console sends the same press again: there is one draw, the one that was there if it was.
            again = evening.hana.ask("POST", f"{here}draws/", press, key=key)
            assert again.status_code == 201, again.text
            drawn = bowl_of(evening)["draws"][after:]
            assert drawn == [again.json()["draw"]]
            assert not made or made == drawn
            evening.hana.ask("DELETE", f"{here}draws/{after + 1}/").raise_for_status()
        assert happened[-1] == 1, "the last moment is after the answer"
        assert happened[0] == 0, "the first moment is before the request"
        assert check(evening.hana.ask("GET", f"{here}proof/").json()) == []
        assert [draw["outcome"] for draw in bowl_of(evening)["draws"]] == ["undone"] * len(MOMENTS)
        evening.close()


def kill_during(evening: Evening, path: str, body: dict[str, Any], key: str, moment: float) -> bool:
    """Send the draw, kill every process that long after, start them again; whether an answer came through."""
    answers: list[httpx.Response] = []
    token = evening.hana.csrf()
    sent = threading.Event()

    def send() -> None:
        sent.set()
        headers = {"Idempotency-Key": key, "X-CSRFToken": token}
        with suppress(httpx.TransportError):
            answers.append(evening.hana.client.post(evening.hana.api + path, json=body, headers=headers))

    sending = threading.Thread(target=send)
    if moment == 0.0:
        kill_all(evening)
        sending.start()
    else:
        sending.start()
        sent.wait()
        time.sleep(moment)
        kill_all(evening)
    sending.join()
    for process in evening.server.processes:
        process.start()
    return any(answer.status_code == 201 for answer in answers)


def kill_all(evening: Evening) -> None:
    for process in evening.server.processes:
        process.kill()
