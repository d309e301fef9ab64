"""`make bench`: every figure there is, one part after the other.

    python -m tests.bench [--quick] [--results] [PART ...]

Each part is a process of its own with a time limit; one that fails or hangs is a line in the results, and the others
go on. Tables and JSON, a plot and `RESULTS.md` end up in `var/bench/`, what the parts print in `var/bench/NAME.log`;
`--results` writes `tests/bench/RESULTS.md` as well.
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
    begun = time.monotonic()
    for part in wanted:
        if why := run(part, options.quick):
            failed[part] = why
        # Whatever happens to the next one, this one is kept.
        results.write(report.OUT / "RESULTS.md", failed, options.quick, time.monotonic() - begun)
    if options.results:
        shutil.copy(report.OUT / "RESULTS.md", HERE / "RESULTS.md")
        if (report.OUT / "fanout.svg").exists():
            shutil.copy(report.OUT / "fanout.svg", HERE / "fanout.svg")
    for part, why in failed.items():
        print(f"{part}: {why}")
    return bool(failed)


def run(part: str, is_quick: bool) -> str:
    """Why it failed; empty where it did not."""
    limit, log = results.PARTS[part].seconds, report.OUT / f"{part}.log"
    command = [sys.executable, "-m", f"tests.bench.{part}", *(["--quick"] if is_quick else [])]
    print(f"{part} (at most {limit} s)", flush=True)
    begun = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
    try:
        status = process.wait(limit)
        why = f"failed with {status}: {last_line(log)}" if status else ""
    except subprocess.TimeoutExpired:
        why = f"did not end within {limit} s: {last_line(log)}"
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if why:
        # Its servers and browsers are of its session.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    print(f"  {why or 'done'} after {time.monotonic() - begun:.0f} s", flush=True)
    return why


def last_line(log: pathlib.Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"


if __name__ == "__main__":
    sys.exit(main())
