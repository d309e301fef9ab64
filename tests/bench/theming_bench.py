"""Theme suggestions beside baselines: how pure, how many, how steady, how fast.

    python -m tests.bench.theming_bench            our own boards
    THEMES_BOARDS=folder python -m tests.bench.theming_bench

Boards whose names begin alike (up to the second underscore) are averaged together. Baselines: random groups of the same
sizes, TF-IDF with k-means, and plain word and letter n-grams with average link.
"""

import json
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.fuzz import token_sort_ratio

import apps.tips
from apps.tips import lexicon
from apps.tips.clusters import average_link, cohesion
from apps.tips.duplicates import FLAG, likeness, weights_on
from apps.tips.features import FeatureCache, Features
from apps.tips.similarity import view
from apps.tips.theming import Theme, Tip, suggest
from tests.bench import report
from tests.tips.labelled import (
    OWN,
    Groups,
    LabelledBoard,
    average,
    board,
    boards,
    over,
    pairs,
    precision_and_recall,
    quality,
)

LEXICON = Path(apps.tips.__file__).parent / "words" / "lexicon.toml"
SHOWN = 12


def tips(texts: Sequence[str]) -> list[Tip]:
    return [Tip(f"{number:05}", text) for number, text in enumerate(texts)]


def ours(texts: Sequence[str], words: lexicon.Lexicon | None = None) -> Groups:
    found = suggest(tips(texts), cache=FeatureCache(words)).groups
    return [[int(tip_id) for tip_id in group.tip_ids] for group in found]


def at_random(texts: Sequence[str]) -> Groups:
    order = list(range(len(texts)))
    random.Random(0).shuffle(order)
    sizes = [len(group) for group in ours(texts)]
    return [order[sum(sizes[:number]) :][:size] for number, size in enumerate(sizes)]


def tf_idf(texts: Sequence[str], *parts: str) -> np.ndarray:
    """Unit rows of the named features, each part with the same weight, by log-tf and full idf."""
    cache = FeatureCache(lexicon.read(""))
    features = [cache.of(text) for text in texts]
    return np.hstack([view([getattr(one, part) for one in features], power=1.0) for part in parts]) / len(parts) ** 0.5


def k_means(texts: Sequence[str]) -> Groups:
    points, chance = tf_idf(texts, "words"), np.random.default_rng(0)
    centres = points[chance.choice(len(points), min(SHOWN, len(points)), replace=False)]
    for _ in range(30):
        nearest = np.argmax(points @ centres.T, axis=1)
        centres = np.array(
            [points[nearest == k].mean(0) if (nearest == k).any() else centres[k] for k in range(len(centres))]
        )
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return [np.flatnonzero(nearest == k).tolist() for k in range(len(centres))]


def n_grams(texts: Sequence[str]) -> Groups:
    rows = tf_idf(texts, "words", "pairs", "grams")
    alike = rows @ rows.T
    groups = [group for group in average_link(alike, 0.10) if len(group) >= 3]
    return sorted(groups, key=lambda group: -cohesion(alike, group))[:SHOWN]


def lexicon_without(terms: set[str]) -> lexicon.Lexicon:
    fields = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    lines = []
    for field, concepts in fields.items():
        lines.append(f"[{field}]")
        for concept, words in concepts.items():
            lines.append(f"{concept} = {json.dumps([word for word in words if word not in terms], ensure_ascii=False)}")
    return lexicon.read("\n".join(lines))


def lexicon_terms() -> list[str]:
    fields = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return [term for concepts in fields.values() for terms in concepts.values() for term in terms]


def terms_in(texts: Sequence[str]) -> set[str]:
    """Lexicon terms that occur in some texts."""
    return {term for term in set(lexicon_terms()) if lexicon.read(f'[x]\ny = ["{term}"]').mentions("\n".join(texts))}


def lexicon_effect(many: Sequence[LabelledBoard]) -> dict[str, dict[str, float]]:
    """What the lexicon adds, and what remains when it knows less: nothing, a random half, one language less."""
    halves = [
        lexicon_without({term for term in lexicon_terms() if random.Random(f"{n} {term}").random() < 0.5})
        for n in range(6)
    ]
    result = {
        "whole": over(many, ours),
        "none": over(many, lambda texts: ours(texts, lexicon.read(""))),
        "half": average([over(many, lambda texts, half=half: ours(texts, half)) for half in halves]),
    }
    for language in ("en", "es", "fr", "de", "zh"):
        rows = []
        for one in many:
            left = lexicon_without(
                terms_in([t for t, spoken in zip(one.texts, one.languages, strict=True) if spoken == language])
            )
            rows.append(quality(ours(one.texts, left), one.labels))
        result[f"without {language}"] = average(rows)
    return result


def guessing(many: Sequence[LabelledBoard], placed: float, named: bool) -> dict[str, float]:
    """Share of unsorted tips whose theme is the first guess, or among three, when a share of the tips is placed."""
    first = among = asked = 0
    for one in many:
        themes = sorted({one.labels[number] for number in one.sorted_by_people})
        for seed in range(3):
            chance = random.Random(seed)
            wall = [
                Tip(str(n), one.texts[n], one.labels[n] if chance.random() < placed else None)
                for n in one.sorted_by_people
            ]
            guesses = suggest(wall, [Theme(name, name if named else "") for name in themes]).guesses
            for tip in wall:
                if tip.theme_id is None:
                    likely = [guess.theme_id for guess in guesses.get(tip.id, ())]
                    asked += 1
                    first += likely[:1] == [one.labels[int(tip.id)]]
                    among += one.labels[int(tip.id)] in likely
    return {"first": round(first / asked, 3), "among_three": round(among / asked, 3)}


def steadiness(one: LabelledBoard) -> dict[str, float]:
    """Of the tips in a group, the share in another group or in none after 10 % more tips came."""
    moved = left = counted = 0
    for seed in range(5):
        order = tips(one.texts)
        random.Random(seed).shuffle(order)
        before = suggest(order[: int(len(order) / 1.1)]).groups
        after = suggest(order, previous=before).groups
        now = {tip_id: group.id for group in after for tip_id in group.tip_ids}
        for group in before:
            for tip_id in group.tip_ids:
                counted += 1
                moved += tip_id in now and now[tip_id] != group.id
                left += tip_id not in now
    return {"moved": round(moved / max(1, counted), 3), "back_to_tray": round(left / max(1, counted), 3)}


def duplicates(many: Sequence[LabelledBoard]) -> dict[str, dict[str, float]]:
    rows: dict[str, tuple[float, float]] = {}
    for one in many:
        if one.duplicates:
            found = [(int(first), int(second)) for first, second, _ in suggest(tips(one.texts)).duplicates]
            rows[f"{one.name}, ours"] = precision_and_recall(found, one.duplicates)
            plain = [
                (i, j)
                for j in range(len(one.texts))
                for i in range(j)
                if token_sort_ratio(one.texts[i].casefold(), one.texts[j].casefold()) >= 82
            ]
            rows[f"{one.name}, token sort ratio"] = precision_and_recall(plain, one.duplicates)
    cache = FeatureCache()
    hard = pairs()
    everything: list[Features] = [cache.of(text) for first, second, _ in hard for text in (first, second)]
    weights = weights_on(everything)
    same = [number for number, pair in enumerate(hard) if pair[2]]
    flagged = [n for n, (a, b, _) in enumerate(hard) if likeness(cache.of(a), cache.of(b), weights) >= FLAG]
    rows["hard pairs, ours"] = precision_and_recall(flagged, same)
    flagged = [n for n, (a, b, _) in enumerate(hard) if token_sort_ratio(a.casefold(), b.casefold()) >= 82]
    rows["hard pairs, token sort ratio"] = precision_and_recall(flagged, same)
    return {name: {"precision": round(p, 3), "recall": round(r, 3)} for name, (p, r) in rows.items()}


def varied(texts: Sequence[str], count: int) -> list[str]:
    """As many different texts as wanted, made of halves of the given ones."""
    chance = random.Random(0)
    made: dict[str, None] = dict.fromkeys(texts)
    while len(made) < count:
        one, two = (chance.choice(texts).split() for _ in range(2))
        made[" ".join([*one[: len(one) // 2 + 1], *two[len(two) // 2 :], *chance.sample(two, min(2, len(two)))])] = None
    return list(made)[:count]


def seconds(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Wall and processor seconds, first with an empty cache and then with a full one (the best of three)."""
    result = {}
    for count in (500, 2000):
        wall, cache = tips(varied(texts, count)), FeatureCache()
        timed: list[tuple[float, float]] = []
        for _ in range(4):
            started, burnt = time.perf_counter(), time.process_time()
            suggest(wall, cache=cache)
            timed.append((time.perf_counter() - started, time.process_time() - burnt))
        warm = min(timed[1:])
        result[str(count)] = {
            "cold": round(timed[0][0], 3),
            "cached": round(warm[0], 3),
            "cached_cpu": round(warm[1], 3),
        }
    return result


def run() -> dict[str, object]:
    """All figures: quality by kind of board and method, lexicon, guesses, steadiness, duplicates, seconds."""
    many = boards()
    kinds: dict[str, list[LabelledBoard]] = {}
    for one in many:
        kinds.setdefault("_".join(one.name.split("_")[:2]), []).append(one)
    methods: Mapping[str, Callable[[list[str]], Groups]] = {
        "ours": ours,
        "word and letter n-grams, average link": n_grams,
        "tf-idf, k-means": k_means,
        "random": at_random,
    }
    own = [board(path) for path in sorted(OWN.glob("*_own.csv"))]
    return {
        "boards": dict(Counter("_".join(one.name.split("_")[:2]) for one in many)),
        "quality": {
            kind: {name: over(group, method) for name, method in methods.items()} for kind, group in kinds.items()
        },
        "lexicon": {one.name: lexicon_effect([one]) for one in own},
        "guesses": {
            kind: {
                "30 % placed": guessing(group, 0.3, named=False),
                "30 % placed, themes named": guessing(group, 0.3, named=True),
                "names alone": guessing(group, 0.0, named=True),
            }
            for kind, group in kinds.items()
        },
        "steadiness": {kind: average([steadiness(one) for one in group]) for kind, group in kinds.items()},
        "duplicates": duplicates(many),
        "seconds": seconds([text for one in many for text in one.texts]),
    }


def show(figures: object, name: str = "", depth: int = 0) -> None:
    if isinstance(figures, dict) and any(isinstance(value, dict) for value in figures.values()):
        print(f"{'  ' * depth}{name}")
        for key, value in figures.items():
            show(value, key, depth + 1)
    else:
        row = "  ".join(f"{key} {value}" for key, value in figures.items()) if isinstance(figures, dict) else figures
        print(f"{'  ' * depth}{name:<40}{row}")


def main() -> None:
    if report.arguments(__doc__).parse_args().quick:
        many = boards()[:1]
        report.write("themes", [{"boards": many[0].name, "method": "ours", **over(many, ours)}])
        return
    found: dict[str, Any] = run()
    show(found, "Theme suggestions")
    report.write(
        "themes",
        [
            {"boards": kind, "method": method, **figures}
            for kind, methods in found["quality"].items()
            for method, figures in methods.items()
        ],
    )
    report.write("theme_seconds", [{"tips": tips, **seconds} for tips, seconds in found["seconds"].items()])
    report.write("near_duplicates", [{"pairs": name, **figures} for name, figures in found["duplicates"].items()])


if __name__ == "__main__":
    main()
