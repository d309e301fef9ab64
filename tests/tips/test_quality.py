"""Suggestions stay as good as measured; the figures are those of tests/bench/theming_bench.py, a bit lower."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.tips.clusters import average_link
from apps.tips.duplicates import FLAG, likeness, weights_on
from apps.tips.features import FeatureCache
from apps.tips.theming import Theme, Tip, suggest
from tests.tips.labelled import OWN, board, pairs, precision_and_recall, quality
from tests.tips.score_adapter import suggest_themes

CACHE = FeatureCache()


@pytest.mark.parametrize(
    ("name", "purity", "coverage"), [("dev_own", 0.88, 0.55), ("second_own", 0.80, 0.55), ("third_own", 0.72, 0.45)]
)
def test_groups_are_pure_and_cover_enough(name, purity, coverage):
    wall = board(OWN / f"{name}.csv")
    found = quality(suggest_themes(wall.texts)[0], wall.labels)
    assert found["purity"] >= purity
    assert found["coverage"] >= coverage
    assert 5 <= found["groups"] <= 12


def test_near_duplicates_are_found_and_hardly_anything_else():
    wall = board(OWN / "dev_own.csv")
    found = suggest([Tip(f"{number:03}", text) for number, text in enumerate(wall.texts)], cache=CACHE).duplicates
    precision, recall = precision_and_recall([(int(a), int(b)) for a, b, _ in found], wall.duplicates)
    assert precision >= 0.97
    assert recall >= 0.95


def test_hard_pairs():
    hard = pairs()
    weights = weights_on([CACHE.of(text) for first, second, _ in hard for text in (first, second)])
    wrong = [
        (first, second)
        for first, second, same in hard
        if (likeness(CACHE.of(first), CACHE.of(second), weights) >= FLAG) != same
    ]
    # The order of words is not looked at.
    assert wrong == [("Listen before you speak", "Speak before you listen")]


def test_a_third_of_placed_tips_sorts_most_of_the_rest():
    wall = board(OWN / "dev_own.csv")
    names = sorted({wall.labels[number] for number in wall.sorted_by_people})
    tips = [
        Tip(str(number), wall.texts[number], wall.labels[number] if number % 3 == 0 else None)
        for number in wall.sorted_by_people
    ]
    guesses = suggest(tips, [Theme(name, name) for name in names], cache=CACHE).guesses
    asked = [tip for tip in tips if tip.theme_id is None]
    right = [tip for tip in asked if wall.labels[int(tip.id)] in {guess.theme_id for guess in guesses.get(tip.id, ())}]
    assert len(right) >= 0.85 * len(asked)


def test_few_tips_move_when_more_come():
    wall = board(OWN / "dev_own.csv")
    tips = [Tip(f"{number:03}", text) for number, text in enumerate(wall.texts)]
    before = suggest(tips[:-8], cache=CACHE).groups
    after = {i: group.id for group in suggest(tips, previous=before, cache=CACHE).groups for i in group.tip_ids}
    moved = [i for group in before for i in group.tip_ids if after.get(i, group.id) != group.id]
    assert len(moved) <= 0.1 * sum(len(group.tip_ids) for group in before)


def step_by_step(similarity, stop):
    """Average link as textbooks have it: join the two nearest clusters until none are near enough."""
    clusters = [[number] for number in range(len(similarity))]
    while len(clusters) > 1:
        nearest, one, two = max(
            (float(similarity[np.ix_(a, b)].mean()), -i, -j)
            for i, a in enumerate(clusters)
            for j, b in enumerate(clusters)
            if i < j
        )
        if nearest < stop:
            break
        clusters[-one] = sorted(clusters[-one] + clusters.pop(-two))
    return sorted(clusters)


@given(st.integers(0, 14), st.integers(0, 2**32 - 1), st.floats(0.1, 0.9))
@settings(max_examples=60, deadline=None)
def test_clusters_are_those_of_plain_average_link(count, seed, stop):
    drawn = np.random.default_rng(seed).random((count, count)).astype(np.float32)
    similarity = (drawn + drawn.T) / 2
    assert sorted(average_link(similarity, stop)) == step_by_step(similarity.astype(float), stop)
