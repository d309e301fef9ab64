"""Things that are due at an instant: tried about once a second for every event somebody is connected to.

Each function is called in a worker thread of every process, so it must be a conditional change that only one can win.
"""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError

log = logging.getLogger(__name__)

Tick = Callable[[str], None]

registered: list[Tick] = []


def register(tick: Tick) -> Tick:
    """Add a function of an event code. Usable as a decorator."""
    if tick not in registered:
        registered.append(tick)
    return tick


def tick(code: str) -> None:
    """Run all of them for one event; one that fails does not keep the others from running.

    A database that is away is away for all of them: raises what it raises.
    """
    for function in registered:
        try:
            function(code)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("a tick failed and will be tried again")
