"""Where websockets end up that are looking for something else."""

from collections.abc import Awaitable, Callable
from typing import Any

from .metrics import counted


async def nowhere(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """An address that does not exist: the handshake is refused with 403, without a traceback."""
    await receive()
    counted.refused("no_such_address")
    await send({"type": "websocket.close"})
