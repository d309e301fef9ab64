"""The process that reads walls: it says what the pure function says, survives what it cannot read, ends with us."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.tips.beside import ROOT, Beside, ReadingError
from apps.tips.features import FeatureCache
from apps.tips.suggestions import suggestions

TEXTS = ["Share your data early", "Share the data early", "Write down who does what", "Ask before you merge"]
WALL = {
    "shown": [[f"t{number}", text, None] for number, text in enumerate(TEXTS)],
    "waiting": [["w", "Please share your data early", None]],
    "themes": [["d", "Data"]],
    "prompt": "What makes collaboration work?",
    "refused": [["guess", ["t2"], "d"], ["pair", ["t0", "t1"], ""], ["group", ["t0", "t1", "w"], ""]],
    "groups": [],
}
PARENT = """
import os, signal
from apps.tips.beside import beside
beside.suggestions({"shown": [], "waiting": [], "themes": [], "prompt": "", "refused": [], "groups": []})
print(beside.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def beside() -> Iterator[Beside]:
    begun = Beside()
    yield begun
    begun.end()


def test_it_says_what_the_pure_function_says(beside: Beside) -> None:
    said = beside.suggestions(WALL)
    assert said["duplicates"]
    assert said == suggestions(WALL, FeatureCache())


def test_what_cannot_be_read_is_said_and_the_next_wall_is_read(beside: Beside) -> None:
    with pytest.raises(ReadingError, match="KeyError"):
        beside.suggestions({"shown": []})
    process = beside.process
    assert beside.suggestions(WALL)["duplicates"]
    assert beside.process is process


def test_one_that_was_killed_is_followed_by_another(beside: Beside) -> None:
    process = beside.running()
    os.kill(process.pid, signal.SIGKILL)
    # Not yet seen to be dead: it is found out while it is asked.
    process.poll = lambda: None  # type: ignore[method-assign]
    with pytest.raises(ReadingError, match="died"):
        beside.suggestions(WALL)
    assert beside.suggestions(WALL)["duplicates"]


def test_it_ends_with_a_server_that_was_killed() -> None:
    parent = subprocess.run([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.returncode == -signal.SIGKILL
    orphan = Path(f"/proc/{parent.stdout.strip()}/stat")
    # Its pipe has ended: reading it to the end is the wait.
    while orphan.exists() and orphan.read_text().split()[2] != "Z":
        os.sched_yield()
