"""A process beside the server that reads walls, at low priority: whoever speaks to the phones shares no lock with it.

In a thread of the server, comparing 2,000 tips made broadcasts late by a quarter of a second. The process begins with
the first wall that is read, keeps what it knows of the tips, and ends with the server, however that ends: it is told by
the end of its input. Questions and answers are lines of JSON.
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[2]
PRIORITY = 10


class ReadingError(Exception):
    """The wall could not be read; `str()` has the traceback, or says that the process died."""


class Beside:
    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.begun_by = 0

    def suggestions(self, wall: dict[str, Any]) -> dict[str, Any]:
        """What `suggestions.suggestions` says of a wall. Blocks, one at a time; raises ReadingError."""
        with self.lock:
            process = self.running()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(orjson.dumps(wall) + b"\n")
                process.stdin.flush()
                answer = orjson.loads(process.stdout.readline())
            except (OSError, ValueError) as error:
                self.end()
                raise ReadingError("the process that reads walls has died") from error
        if "why" in answer:
            raise ReadingError(answer["why"])
        return dict(answer)

    def running(self) -> subprocess.Popen[bytes]:
        # A fork of this process must not listen to answers that are for its parent.
        if self.process is None or self.process.poll() is not None or self.begun_by != os.getpid():
            self.begun_by = os.getpid()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "apps.tips.beside"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                # One core is enough for what nobody waits for.
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            )
        return self.process

    def end(self) -> None:
        """Forget everything; the next wall begins a new process."""
        process, self.process = self.process, None
        if process is not None and self.begun_by == os.getpid():
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    # What was not sent is not wanted any more.
                    with contextlib.suppress(OSError):
                        pipe.close()


beside = Beside()
atexit.register(beside.end)


def main() -> None:
    from .features import FeatureCache
    from .suggestions import suggestions

    # Ctrl-C is for the server; this one ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(PRIORITY)
    cache = FeatureCache()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever is printed by mistake is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin.buffer:
        try:
            answer = suggestions(orjson.loads(line), cache)
        except Exception:
            answer = {"why": traceback.format_exc()}
        answers.write(orjson.dumps(answer) + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
