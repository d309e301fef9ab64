"""`make bench`: every figure there is, one part after the other.

    python -m tests.bench [--quick] [--results] [PART ...]

Each part is a process of its own with a time limit; one that fails or hangs is a line in the results, and the others
go on. All of them together end within 16 minutes, whatever happens. Tables and JSON, a plot and `RESULTS.md` end up in
`var/bench/`, what the parts print in `var/bench/NAME.log`; `--results` writes `tests/bench/RESULTS.md` as well.
"""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from tests.bench import report, results
from tests.bench.running import ROOT, raise_file_limit

HERE = pathlib.Path(__file__).parent
MOST_SECONDS = 960


def main() -> int:
    parser = report.arguments(__doc__)
    parser.add_argument("--results", action="store_true", help="write tests/bench/RESULTS.md")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(results.PARTS)}; all by default")
    options = parser.parse_args()
    wanted = options.parts or list(results.PARTS)
    if unknown := [part for part in wanted if part not in results.PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    raise_file_limit()
    report.OUT.mkdir(parents=True, exist_ok=True)
    for part in wanted:
        for name in results.PARTS[part].tables:
            (report.OUT / f"{name}.json").unlink(missing_ok=True)
    failed: dict[str, str] = {}
    took: dict[str, float] = {}
    for part in wanted:
        begun, left = time.monotonic(), max(0, MOST_SECONDS - sum(took.values()))
        if why := run(part, options.quick, min(results.PARTS[part].seconds, left)):
            failed[part] = why
        took[part] = time.monotonic() - begun
        print(f"  {why or 'done'} after {took[part]:.0f} s", flush=True)
        # Whatever happens to the next one, this one is kept.
        results.write(report.OUT / "RESULTS.md", failed, options.quick, took)
    if options.results:
        shutil.copy(report.OUT / "RESULTS.md", HERE / "RESULTS.md")
        if (report.OUT / "fanout.svg").exists():
            shutil.copy(report.OUT / "fanout.svg", HERE / "fanout.svg")
    for part, why in failed.items():
        print(f"{part}: {why}")
    return bool(failed)


def run(part: str, is_quick: bool, limit: float) -> str:
    """Why it failed within so many seconds; empty where it did not."""
    log = report.OUT / f"{part}.log"
    command = [sys.executable, "-m", f"tests.bench.{part}", *(["--quick"] if is_quick else [])]
    print(f"{part} (at most {limit:.0f} s)", flush=True)
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
    try:
        status = process.wait(limit)
        why = f"failed with {status}: {last_line(log)}" if status else ""
    except subprocess.TimeoutExpired:
        why = f"did not end within {limit:.0f} s: {last_line(log)}"
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if why:
        # Its servers and browsers are of its session.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return why


def last_line(log: pathlib.Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"


if __name__ == "__main__":
    sys.exit(main())
