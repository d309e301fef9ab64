"""Boards of tips that people sorted, and measures of how well suggestions agree with them.

Purity, pair precision and coverage count groups of three or more, the ones that would be shown. An off-topic tip
belongs with nothing; an abusive one is left out.
"""

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

OWN = Path(__file__).parent / "boards"
Groups = Sequence[Sequence[int]]


@dataclass(frozen=True)
class LabelledBoard:
    name: str
    texts: list[str]
    labels: list[str]
    languages: list[str]
    duplicates: frozenset[tuple[int, int]]

    @property
    def sorted_by_people(self) -> list[int]:
        return [number for number, label in enumerate(self.labels) if not label.startswith("(")]


def board(path: Path) -> LabelledBoard:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] != "(abusive)"]
    labels = [f"(off-topic {n})" if row["label"] == "(off-topic)" else row["label"] for n, row in enumerate(rows)]
    twins = frozenset(
        (one, two) for one, two in combinations(range(len(rows)), 2) if rows[one]["dup"] == rows[two]["dup"] != ""
    )
    return LabelledBoard(path.stem, [row["text"] for row in rows], labels, [row["lang"] for row in rows], twins)


def boards() -> list[LabelledBoard]:
    """The boards in the folder that THEMES_BOARDS names, by default our own."""
    folder = Path(os.environ.get("THEMES_BOARDS", OWN))
    return [board(path) for path in sorted(folder.glob("*.csv")) if path.stem != "pairs"]


def pairs() -> list[tuple[str, str, bool]]:
    """Pairs of tips, and whether a person takes them for the same."""
    with (OWN / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return [(row["first"], row["second"], row["same"] == "1") for row in csv.DictReader(file)]


def quality(groups: Groups, labels: Sequence[str]) -> dict[str, float]:
    shown = [group for group in groups if len(group) >= 3]
    counts = [Counter(labels[number] for number in group) for group in shown]
    covered = sum(map(len, shown))
    alike = sum(size * (size - 1) / 2 for count in counts for size in count.values())
    together = sum(len(group) * (len(group) - 1) / 2 for group in shown)
    return {
        "groups": len(shown),
        "purity": sum(max(count.values()) for count in counts) / covered if covered else 0.0,
        "pair_precision": alike / together if together else 0.0,
        "coverage": covered / len(labels),
    }


def precision_and_recall(found: Iterable[object], true: Iterable[object]) -> tuple[float, float]:
    found, true = set(found), set(true)
    both = len(found & true)
    return both / len(found) if found else 1.0, both / len(true) if true else 1.0


def average(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: round(sum(row[key] for row in rows) / len(rows), 3) for key in rows[0]}


def over(many: Sequence[LabelledBoard], suggest: Callable[[list[str]], Groups]) -> dict[str, float]:
    """Average quality of a suggester on some boards."""
    return average([quality(suggest(one.texts), one.labels) for one in many])
