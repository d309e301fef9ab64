"""Pictures drawn anew in a child process: a few at a time, each within limits, killed when it takes long."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from apps.core.refusal import Refusal

SCRIPT = Path(__file__).with_name("decoding.py")
# Of pictures two cores' worth; the hub has its own to go on. Logos wait for one another: whoever tries many of them
# takes nothing from the hall, whose pictures arrive in the same minute.
AT_ONCE = {"": 2, "logo": 1}
TIMEOUT_SECONDS = 12
# The server gives a request 30 seconds in all. Who waits holds a seat of the hall's: not long for a logo.
PATIENCE_SECONDS = {"": 12.0, "logo": 3.0}

turns = {wish: threading.BoundedSemaphore(most) for wish, most in AT_ONCE.items()}


@dataclass(frozen=True, slots=True)
class Redrawn:
    """`width` and `height` in pixels of the large one; `sizes` has files by name: JPEG, of a logo WebP.

    `ground` is what a logo that lets the ground through is to lie on: "paper", "ink", or "" for any.
    """

    width: int
    height: int
    sizes: dict[str, bytes]
    ground: str = ""


def redraw(data: bytes, wish: Literal["", "logo"] = "") -> Redrawn:
    """A picture as it may be shown: upright, in sRGB, without anything but its pixels.

    A logo is `sizes["logo"]`: at most 512 × 512 and 64 KB, and the same file again when it is drawn again.

    Waits for its turn. Refuses `not_a_picture`, `too_many_pixels` and `too_few_pixels` (400), `busy` (503).
    """
    if not turns[wish].acquire(timeout=PATIENCE_SECONDS[wish]):
        raise busy()
    try:
        out = run(data, wish)
    finally:
        turns[wish].release()
    return read(out)


def run(data: bytes, wish: str = "") -> bytes:
    """What the child wrote; nothing where it crashed or was killed."""
    try:
        done = subprocess.run(
            # Isolated: nothing of our environment or folder is within its reach.
            [sys.executable, "-I", str(SCRIPT), *filter(None, [wish])],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            env={},
            cwd="/",
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        # One that is hard to read uses up its time of the processor first: it is the server that has too much to do.
        raise busy() from error
    return done.stdout if done.returncode == 0 else b""


def read(out: bytes) -> Redrawn:
    head, _line, body = out.partition(b"\n")
    try:
        told = json.loads(head)
        if "refused" in told:
            raise no(str(told["refused"]))
        sizes = {}
        for name, length in told["sizes"].items():
            sizes[name], body = body[:length], body[length:]
        return Redrawn(told["width"], told["height"], sizes, told.get("ground", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise no("not_a_picture") from error


def no(code: str) -> Refusal:
    sentences = {
        "too_many_pixels": _("This picture is too large to be read here. Please send a smaller one."),
        "too_few_pixels": _("This picture is too small to be shown."),
    }
    unknown = _("This is not a picture we can read. JPEG, PNG and WebP work.")
    message = sentences.get(code, unknown)
    return Refusal(code if code in sentences else "not_a_picture", message, status=400, fields={"file": [message]})


def busy() -> Refusal:
    return Refusal("busy", _("Many pictures arrive just now. Please try again in a moment."), status=503)
