"""Files of any size in bounded memory: written to a spool, which turns to disk, and sent in pieces."""

import tempfile
from collections.abc import AsyncIterator
from typing import IO

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024


def spool() -> IO[bytes]:
    """A nameless file: gone from the disk when it is closed, or when the process dies."""
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


def download(file: IO[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """The spooled file as an answer to be saved under this name; it is closed with the answer."""
    length = file.tell()
    file.seek(0)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    answer = StreamingHttpResponse(pieces(file), content_type=content_type, headers=headers)
    answer["Content-Length"] = str(length)
    answer._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return answer


async def pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    read = sync_to_async(file.read, thread_sensitive=False)
    while piece := await read(PIECE):
        yield piece
