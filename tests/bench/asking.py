"""The little of HTTP that thousands of clients in one process need."""

import asyncio


async def answer(reader: asyncio.StreamReader) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, (name in lower case, value) of the headers, and the content, sent whole or in chunks."""
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    fields = [(name.lower(), value) for name, _colon, value in (line.partition(": ") for line in lines if line)]
    known, content = dict(fields), b""
    if "content-length" in known:
        content = await reader.readexactly(int(known["content-length"]))
    elif known.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            content += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    return int(status.split()[1]), fields, content
