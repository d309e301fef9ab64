"""What a socket was let in by, such as the sign-in of one browser: whether that still stands is asked twice a second.

A right ends by the stream that it opened (`publish.close`). A ticket ends only for the screens that came in by it, by
whatever ended it: nobody has to tell.
"""

from collections.abc import Callable

Ended = Callable[[set[str]], set[str]]

registered: list[Ended] = []


def register(ended: Ended) -> None:
    """Add a function from tickets to those that stand no more. It runs in a worker thread."""
    registered.append(ended)


def ended(tickets: set[str]) -> set[str]:
    """Those that stand no more."""
    return set().union(*(one(tickets) for one in registered))
