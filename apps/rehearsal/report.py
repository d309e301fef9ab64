"""The report in plain text: what failed, how much was done, and how long each kind of push took."""

from collections.abc import Sequence

from .judge import Verdict

# Of each kind of fault; the rest is counted.
MOST_LINES = 20


def report(verdict: Verdict, people: int, speed: float) -> str:
    parts = (
        ("lost", verdict.lost),
        ("doubled", verdict.doubled),
        ("leaked", verdict.leaked),
        ("errors", verdict.errors),
        ("avoidable repeats", verdict.repeats),
    )
    counts = verdict.counts
    lines = [
        f"{people} people, {speed:g} times as fast as the evening",
        f"{counts['writes']} things done, {counts['sent again']} of them sent again; {counts['frames']} messages heard"
        f" and searched ({counts['bytes'] / 1e6:.1f} MB); {counts['reconnects']} lines broken and resumed",
        f"{counts['rounds']} rounds, {counts['draws']} names drawn, {counts['stories']} stories,"
        f" {counts['keepsakes']} keepsakes opened, {counts['forbidden calls']} forbidden calls tried",
        f"{counts['compared']} screens compared with a fresh picture",
        "",
        f"{'push':<22}{'heard':>8}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}",
    ]
    lines += [latency(kind, times) for kind, times in sorted(verdict.delays.items())]
    lines.append("")
    for name, faults in parts:
        lines += [f"{name}: {fault}" for fault in faults[:MOST_LINES]]
        if len(faults) > MOST_LINES:
            lines.append(f"{name}: and {len(faults) - MOST_LINES} more")
    lines.append(", ".join(f"{len(faults)} {name}" for name, faults in parts))
    return "\n".join(lines)


def latency(kind: str, times: Sequence[float]) -> str:
    return f"{kind:<22}{len(times):>8}{share(times, 0.5):>9.0f}{share(times, 0.99):>9.0f}{times[-1]:>9.0f}"


def share(times: Sequence[float], part: float) -> float:
    """The figure that this part of them does not exceed; `times` are sorted."""
    return times[min(len(times) - 1, int(len(times) * part))]
