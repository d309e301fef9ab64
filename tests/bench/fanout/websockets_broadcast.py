"""The `websockets` library's own `broadcast`; for personal messages, its `send`, all at once."""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.bench.fanout.payload import document, payload


async def main() -> None:
    connections: set[ServerConnection] = set()

    async def keep(connection: ServerConnection) -> None:
        connections.add(connection)
        await connection.wait_closed()

    async with serve(keep, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        sending: list[asyncio.Task[None]] = []

        def go() -> None:
            line, told = sys.stdin.readline(), document()
            if not line:
                ended.set_result(None)
            elif line == "all\n":
                broadcast(connections, payload(told).decode())
            else:
                sending.append(loop.create_task(send_each(told)))

        async def send_each(told: dict[str, object]) -> None:
            texts = [payload(told | {"for": place}).decode() for place in range(len(connections))]
            await asyncio.gather(*(one.send(text) for one, text in zip(connections, texts, strict=True)))

        loop.add_reader(sys.stdin, go)
        await ended


if __name__ == "__main__":
    asyncio.run(main())
