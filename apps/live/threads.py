"""A few threads of our own for the database, so that the hub never queues behind the web's requests.

Each thread keeps its connection; one that broke is thrown away and the work tried once more, since all of it is reading
or conditional.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

P = ParamSpec("P")
T = TypeVar("T")

# Reads of a millisecond: four in flight keep two cores busy, and four connections are not missed elsewhere.
pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run database work that may safely be run twice; raises what it raises."""
    # With the caller's context: the language of a sentence is kept there.
    context = copy_context()
    return await asyncio.get_running_loop().run_in_executor(
        pool, lambda: context.run(lambda: patiently(work, *args, **kwargs))
    )


def patiently(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connections.close_all()
        return work(*args, **kwargs)
