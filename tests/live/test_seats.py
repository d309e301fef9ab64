"""Requests run on a few threads that stay, in the order of arrival, and give them back whatever happens."""

import asyncio
import threading
from typing import Any

from django.http import HttpRequest, HttpResponse

from socialhub.seats import SEATS, Requests

HOW_MANY = 10 * SEATS


def scope(number: int) -> dict[str, Any]:
    path = f"/{number}"
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }


async def ask(requests: Requests, number: int, statuses: list[int], *, hangs_up: bool = False) -> None:
    """Until answered; `hangs_up`: who asked is gone the moment the answer is there."""
    come, gone = [{"type": "http.request", "body": b""}], asyncio.Event()

    async def receive() -> dict[str, Any]:
        if come:
            return come.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        elif hangs_up and not message.get("more_body"):
            gone.set()
            await asyncio.sleep(0)

    await requests(scope(number), receive, send)


def test_requests_take_turns_on_a_few_threads() -> None:
    threads: set[str] = set()
    begun: list[int] = []
    statuses: list[int] = []

    def answer(request: HttpRequest) -> HttpResponse:
        threads.add(threading.current_thread().name)
        if int(request.path[1:]) % 3 == 0:
            raise AssertionError("a fault that Django itself did not turn into a page")
        return HttpResponse(status=200)

    async def storm() -> list[Any]:
        asking = [ask(requests, number, statuses) for number in range(HOW_MANY)]
        return await asyncio.gather(*asking, return_exceptions=True)

    requests = Requests()
    requests.get_response = answer  # type: ignore[method-assign]
    handle = requests.handle

    async def noted(scope: Any, receive: Any, send: Any) -> None:
        begun.append(int(scope["path"][1:]))
        await handle(scope, receive, send)

    requests.handle = noted  # type: ignore[method-assign]
    found = asyncio.run(storm())
    assert sum(isinstance(one, AssertionError) for one in found) == HOW_MANY // 3
    assert statuses == [200] * (HOW_MANY - HOW_MANY // 3)
    assert len(threads) <= SEATS
    assert requests.seats.qsize() == SEATS, "a seat was not given back"
    # Whoever comes first sits down first.
    assert begun == list(range(HOW_MANY))
