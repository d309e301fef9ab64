"""Decodes one picture after the other, each in a process forked for it within the limits of `decoding`; run by tests.

On standard input each picture behind its length; on standard output for each a line of JSON with the exit status, the
most memory it ever held (bytes) and the length of the answer, and then the answer.
"""

import functools
import importlib.util
import json
import os
import signal
import struct
import sys
import warnings
from pathlib import Path

from PIL import Image

SCRIPT = Path(__file__).parents[2] / "apps" / "core" / "decoding.py"


def main() -> None:
    spec = importlib.util.spec_from_file_location("decoding", SCRIPT)
    decoding = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(decoding)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    Image.preinit()
    while head := sys.stdin.buffer.read(4):
        data = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
        here, there = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(here)
            signal.alarm(20)
            decoding.draw_limits()
            decoding.answer(data, functools.partial(write, there))
            os._exit(0)
        os.close(there)
        with os.fdopen(here, "rb") as pipe:
            answer = pipe.read()
        _pid, status, used = os.wait4(child, 0)
        line = {"status": status, "memory": used.ru_maxrss * 1024, "length": len(answer)}
        sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + answer)
        sys.stdout.buffer.flush()


def write(to: int, out: bytes) -> None:
    while out:
        out = out[os.write(to, out) :]


if __name__ == "__main__":
    main()
