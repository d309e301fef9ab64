"""The report: what failed, how much was done, and how long each kind of push took. In plain text, and to be kept."""

from collections.abc import Sequence
from typing import Any

from .faults import KINDS
from .judge import Verdict

# Of each kind of fault; the rest is counted.
MOST_LINES = 20
# Kept are kinds and counts, and a server that does everything wrong has many.
MOST_KEPT = 50
# Simulated people who are later than this themselves say more of their own computer than of the server.
LATE_MS = 100.0
NAMES = {"repeats": "avoidable repeats"}


def report(verdict: Verdict, people: int, speed: float) -> str:
    counts = verdict.counts
    lines = [
        f"{people} people, {speed:g} times as fast as the evening",
        f"{counts['writes']} things done, {counts['sent again']} of them sent again; {counts['frames']} messages heard"
        f" and searched ({counts['bytes'] / 1e6:.1f} MB); {counts['reconnects']} lines broken and resumed",
        f"{counts['rounds']} rounds, {counts['draws']} names drawn, {counts['stories']} stories,"
        f" {counts['pictures']} pictures, {counts['keepsakes']} keepsakes opened,"
        f" {counts['forbidden calls']} forbidden calls tried",
        f"{counts['compared']} screens compared with a fresh picture",
        "",
        f"{'push':<22}{'heard':>8}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}",
    ]
    lines += [latency(kind, times) for kind, times in sorted(verdict.delays.items())]
    lines += [*lateness(verdict), ""]
    for kind in KINDS:
        told, most = verdict.faults.sentences(kind), verdict.faults.of(kind)
        lines += [f"{kind}: {fault}" for fault in told[:MOST_LINES]]
        if len(told) > MOST_LINES:
            lines.append(f"{kind}: and more, {most} altogether")
    lines.append(", ".join(f"{verdict.faults.of(kind)} {NAMES.get(kind, kind)}" for kind in KINDS))
    return "\n".join(lines)


def latency(kind: str, times: Sequence[float]) -> str:
    return f"{kind:<22}{len(times):>8}{share(times, 0.5):>9.0f}{share(times, 0.99):>9.0f}{times[-1]:>9.0f}"


def lateness(verdict: Verdict) -> list[str]:
    """Said where the people themselves could not keep up."""
    late = share(verdict.late, 0.99) if verdict.late else 0.0
    if late < LATE_MS:
        return []
    return [
        "",
        f"The simulated people themselves were up to {late:.0f} ms late (p99): so many are the limit of the computer"
        " that simulates them, and the times above are partly its own. Take fewer people, or less speed.",
    ]


def share(times: Sequence[float], part: float) -> float:
    """The figure that this part of them does not exceed; `times` are sorted."""
    return times[min(len(times) - 1, int(len(times) * part))]


def kept(verdict: Verdict) -> dict[str, Any]:
    """What is kept of it: kinds, counts and times. Lengths in whole milliseconds."""
    return {
        "is_good": verdict.is_good,
        "compared": verdict.counts["compared"],
        "late_ms": round(share(verdict.late, 0.99)) if verdict.late else 0,
        "faults": [
            {**fault._asdict(), "count": count} for fault, count in verdict.faults.counts.most_common(MOST_KEPT)
        ],
        "pushes": [
            {
                "push": kind,
                "heard": len(times),
                **{name: round(share(times, part)) for name, part in (("p50_ms", 0.5), ("p99_ms", 0.99))},
                "max_ms": round(times[-1]),
            }
            for kind, times in sorted(verdict.delays.items())
        ],
    }
