"""How requests get a thread: a few that stay, given out in the order of arrival.

Django gives every request a thread of its own, which opens the database anew, and switches back and forth at every
middleware that knows one way only. A thousand requests in one second are a thousand threads then, that fight over
one interpreter and one database. Here each waits for a seat without a thread, and then runs in one go.
"""

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import FileResponse, HttpResponseBase

# Enough that a picture being decoded or a slow query does not hold up the others. More would only make the event loop
# wait for its turn at the interpreter.
SEATS = 6


class Requests(ASGIHandler):
    """The ASGI application for requests. What comes in pieces is sent from its seat; nobody's slow line holds one."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self.seats: asyncio.Queue[Executor] = asyncio.Queue()
        for number in range(SEATS):
            self.seats.put_nowait(ThreadPoolExecutor(1, f"seat {number}"))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        seat = await self.seats.get()
        try:
            async with ThreadSensitiveContext(executor=seat):
                await self.handle(scope, receive, send)
        finally:
            self.seats.put_nowait(seat)

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        response = await sync_to_async(self.get_response)(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        # Last, when all is sent: what hangs on the request (its account, its nonce) holds it, and would keep all of it
        # until the next full look for such garbage, which comes after a hundred thousand requests.
        response._resource_closers.append(request.__dict__.clear)  # type: ignore[attr-defined]
        return response

    async def listen_for_disconnect(self, receive: Any) -> None:
        """Returns where Django's raises: all requests end with it, and the traceback kept each of them."""
        await receive()
