"""Tells whoever listens in this process that streams moved on: the hub, and the hints to other processes.

An announcement is a hint: losing one costs latency, never data.
"""

import logging
from collections.abc import Callable, Mapping

from . import failpoints

log = logging.getLogger(__name__)

Heads = Mapping[str, int]
listeners: list[Callable[[Heads], None]] = []


def announce(heads: Heads) -> None:
    """Called after a commit, in the thread of the write, with stream name -> new version. Never raises."""
    failpoints.reach("committed")
    for listener in tuple(listeners):
        if failpoints.loses("hint"):
            continue
        try:
            listener(heads)
        except Exception:
            log.exception("a listener failed; the hub will look by itself")
