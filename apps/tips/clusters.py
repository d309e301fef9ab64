"""Average-link clustering of a similarity matrix. No Django."""

import numpy as np


def average_link(similarity: np.ndarray, stop: float) -> list[list[int]]:
    """Clusters of row numbers whose average similarity stays at or above `stop`; each number once, single ones too.

    Nearest-neighbour chain (Benzécri 1982; Müllner 2011): n² time and memory. A cluster without a neighbour above the
    stop leaves at once, because averages never rise above their parts. Clusters come in order of their smallest number.
    """
    count = len(similarity)
    alike = similarity.astype(np.float32, copy=True)
    np.fill_diagonal(alike, -np.inf)
    sizes = np.ones(count)
    members = [[number] for number in range(count)]
    waiting = list(range(count - 1, -1, -1))
    done = np.zeros(count, bool)
    chain: list[int] = []
    while chain or waiting:
        if not chain:
            start = waiting.pop()
            if done[start]:
                continue
            chain.append(start)
        last = chain[-1]
        # Of equals argmax takes the smallest number, so that a chain of ties comes to an end.
        near = int(np.argmax(alike[last]))
        if alike[last, near] < stop:
            done[last] = True
            alike[:, last] = -np.inf
            chain.pop()
        elif len(chain) > 1 and near == chain[-2]:
            chain[-2:] = []
            merge(alike, sizes, members, done, *sorted((last, near)))
            waiting.append(min(last, near))
        else:
            chain.append(near)
    return [sorted(cluster) for cluster in members if cluster]


def merge(
    alike: np.ndarray, sizes: np.ndarray, members: list[list[int]], done: np.ndarray, kept: int, gone: int
) -> None:
    joined = (sizes[kept] * alike[kept] + sizes[gone] * alike[gone]) / (sizes[kept] + sizes[gone])
    joined[kept] = joined[gone] = -np.inf
    alike[kept], alike[:, kept] = joined, joined
    alike[gone], alike[:, gone] = -np.inf, -np.inf
    sizes[kept] += sizes[gone]
    members[kept] += members[gone]
    members[gone] = []
    done[gone] = True


def cohesion(similarity: np.ndarray, members: list[int]) -> float:
    """The average similarity of the pairs in a cluster."""
    if len(members) < 2:
        return 0.0
    inside = similarity[np.ix_(members, members)]
    return float((inside.sum() - np.trace(inside)) / (len(members) * (len(members) - 1)))


def without_stragglers(similarity: np.ndarray, members: list[int], share: float) -> list[int]:
    """The members whose likeness to the others is at least `share` of what is usual in their cluster."""
    if len(members) < 3:
        return members
    inside = similarity[np.ix_(members, members)].mean(axis=1)
    return [member for member, alike in zip(members, inside, strict=True) if alike >= share * inside.mean()]
