"""Places where a test lets this process die or forget something, named in FAILPOINTS; without it they do nothing.

`committed=7` dies, as by kill -9, when it passes there for the seventh time; `hint=0.5` loses every other hint.
"""

import os
import random
import signal
from collections import Counter

asked = dict(one.split("=") for one in os.environ.get("FAILPOINTS", "").split(",") if one)
passed: Counter[str] = Counter()


def reach(place: str) -> None:
    """Die here, if that was asked for."""
    if place in asked:
        passed[place] += 1
        if passed[place] == int(asked[place]):
            os.kill(os.getpid(), signal.SIGKILL)


def loses(thing: str) -> bool:
    """Whether this one is to be forgotten."""
    return thing in asked and random.random() < float(asked[thing])
