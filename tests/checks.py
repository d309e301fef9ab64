"""`make test`: every check there is, in one list. A missing tool is fetched; one that cannot be had fails the run."""

import os
import re
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-m")
MANAGE = (sys.executable, "manage.py")
# More workers than a small machine has cores: browsers and sockets wait a lot. Long tests come last, few at a time.
PYTEST = ("pytest", "--maxschedchunk=2", "--durations=5", "--durations-min=5")
# As behind a proxy on the open internet.
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "HTTPS": "true",
    "HOSTS": "social.example.org",
    "ORIGINS": "https://social.example.org",
}
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass
class Check:
    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    in_fast: bool = True
    # Beside the others of its kind; its output is shown, and its closing line is counted.
    is_pytest: bool = False


CHECKS = [
    Check("A browser and its fonts", (*PYTHON, "tests.servers.tools"), in_fast=False),
    Check("Types of Python", (*PYTHON, "mypy", "--no-error-summary")),
    Check("Format", (*PYTHON, "ruff", "format", "--check", "--quiet", ".")),
    Check("Lint", (*PYTHON, "ruff", "check", "--quiet", ".")),
    Check("Templates", (*PYTHON, "djlint", "apps", "--lint", "--quiet")),
    Check("Types of JavaScript", (*PYTHON, "tests.servers.node", "types")),
    Check("Imports only go down", (str(Path(sys.executable).parent / "lint-imports"), "--no-logo")),
    Check("Migrations are complete", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("Settings hold on the open internet", (*MANAGE, "check", "--deploy", "--fail-level=WARNING"), PRODUCTION),
    Check("Units of JavaScript", (*PYTHON, "tests.servers.node", "tests")),
    Check("Everything on SQLite alone", (*PYTHON, *PYTEST, "--numprocesses=3"), is_pytest=True),
    Check(
        "The same on Postgres and Redis, with two processes",
        (*PYTHON, "tests.servers.both", *PYTEST, "--numprocesses=2"),
        in_fast=False,
        is_pytest=True,
    ),
]


def main(is_fast: bool) -> int:
    began = time.monotonic()
    failed, counts = [], dict[str, int]()
    checks = [check for check in CHECKS if check.in_fast or not is_fast]
    # Beside each other, the longest first, and one more than a small machine has cores: what is fetched is waited for.
    beside = [check for check in checks if not check.is_pytest]
    with ThreadPoolExecutor(3) as pool:
        failed += [check.name for check, went_well in zip(beside, pool.map(run, beside), strict=True) if not went_well]
    # Both set-ups at the same time: while tests of the one wait, those of the other go on.
    runs = [Run(check, is_fast) for check in checks if check.is_pytest]
    failed += [run.check.name for run in runs if not run.went_well(counts)]
    for name in failed:
        print(f"FAILED {name}")
    # The tests of all runs together, in pytest's own words.
    total = ", ".join(f"{count} {what}" for what, count in sorted(counts.items(), key=lambda item: item[0] == "passed"))
    print(f"{'checks failed, ' if failed else ''}{total} in {time.monotonic() - began:.2f}s".center(80, "="))
    return 1 if failed else 0


def run(check: Check) -> bool:
    """Says in one line how it went; the output only where it failed."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=os.environ | check.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    went_well = done.returncode == 0
    how = f"{'ok' if went_well else 'FAILED'} ({time.monotonic() - began:.0f} s)\n"
    told = "" if went_well else done.stdout.decode(errors="replace")
    print(f"{check.name} {'.' * (64 - len(check.name))} {how}{told}", end="", flush=True)
    return went_well


class Run:
    """One of pytest, begun at once; what it says is kept until it is its turn to be shown, then shown as it comes."""

    def __init__(self, check: Check, is_fast: bool) -> None:
        self.check = check
        command = (*check.command, "-m", "not slow and not browser" if is_fast else "not slow")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace")
        self.lines = SimpleQueue[str]()
        Thread(target=self.listen).start()

    def listen(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)
        self.lines.put("")

    def went_well(self, counts: dict[str, int]) -> bool:
        print(f"\n{self.check.name}", flush=True)
        closing = ""
        for line in iter(self.lines.get, ""):
            print(line, end="", flush=True)
            closing = line if COUNT.search(line) else closing
        for count, what in COUNT.findall(closing):
            counts[what] = counts.get(what, 0) + int(count)
        return self.process.wait() == 0 and "passed" in closing and "skipped" not in closing


if __name__ == "__main__":
    sys.exit(main(is_fast="--fast" in sys.argv))
