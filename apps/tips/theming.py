"""Suggesting themes for short tips: a few tight groups, guesses for the rest, near-duplicates. It never imposes.

Pure: the same tips give the same suggestions in any order, nothing that a person placed is moved, and every suggestion
says which words it rests on. Figures in tests/bench/theming_bench.py.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from . import continuity, duplicates, guesses, labels
from .clusters import average_link, cohesion, without_stragglers
from .features import FeatureCache, Features
from .similarity import likeness

# Average similarities at which groups stop growing: the next, looser one is tried while the groups are few and hold
# less than ENOUGH of the tips, because short tips with few words in common would otherwise all stay in the tray.
TIGHT = (0.22, 0.18, 0.15)
ENOUGH = 0.4
# A tip stays in the tray when it is less like its group than this share of the group's average.
STRAGGLER = 0.65
SMALLEST_GROUP = 3
MOST_GROUPS = 12
# With fewer unsorted tips than this a person sees the groups without help.
FEWEST_TIPS = 6
# A group belongs under an existing theme when this share of its tips has it as the likeliest.
MOSTLY = 2 / 3
# ... with at least this score: about the likeness that holds a group together.
SURE = 0.25


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip on the wall; `theme_id` says where a person placed it."""

    id: str
    text: str
    theme_id: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A suggestion: unsorted tips that belong together, under a new name or (`theme_id`) under an existing theme."""

    id: str
    name: str
    quote_id: str
    tip_ids: tuple[str, ...]
    why: tuple[str, ...] = ()
    theme_id: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A likely theme of one tip. `score` orders guesses; `why` holds the shared words."""

    theme_id: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedGroup:
    """A moderator did not want these tips together; a group with half of them in common is not suggested again."""

    tip_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class RefusedGuess:
    """A moderator did not want this tip under this theme."""

    tip_id: str
    theme_id: str


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A moderator said that these two are not the same."""

    tip_ids: frozenset[str]


Refused = RefusedGroup | RefusedGuess | RefusedPair


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`groups` best first; `guesses` by tip id, at most three, best first; `duplicates` as (id, id, score 0 to 1)."""

    groups: tuple[Group, ...] = ()
    guesses: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)
    duplicates: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Tips in an order of their own, themes after them as one text each, and the likeness of all rows."""

    tips: Sequence[Tip]
    themes: Sequence[Theme]
    features: Sequence[Features]
    alike: np.ndarray
    spelling: np.ndarray

    @property
    def unsorted(self) -> list[int]:
        return [row for row, tip in enumerate(self.tips) if tip.theme_id is None]

    def placed(self, theme: Theme) -> list[int]:
        return [row for row, tip in enumerate(self.tips) if tip.theme_id == theme.id]


def suggest(
    tips: Sequence[Tip],
    themes: Sequence[Theme] = (),
    *,
    prompt: str = "",
    refused: Collection[Refused] = frozenset(),
    previous: Sequence[Group] = (),
    cache: FeatureCache | None = None,
) -> Suggestions:
    """What a moderator might want to do with a wall.

    `prompt`: the question the tips answer; its words do not count. `refused`: what was turned down before. `previous`:
    the groups of the last call; one that goes on keeps its id and name. `cache`: keep one to make the next call fast.
    A tip in a theme that is not in `themes` is left alone. Raises ValueError when an id occurs twice.
    """
    for kind, ids in (("tip", [tip.id for tip in tips]), ("theme", [theme.id for theme in themes])):
        if len(set(ids)) < len(ids):
            raise ValueError(f"Every {kind} needs an id of its own.")
    board = read_board(tips, themes, prompt, cache if cache is not None else FeatureCache())
    likely = guess_themes(board, {(no.tip_id, no.theme_id) for no in refused if isinstance(no, RefusedGuess)})
    return Suggestions(
        groups=suggest_groups(board, likely, [no.tip_ids for no in refused if isinstance(no, RefusedGroup)], previous),
        guesses=likely,
        duplicates=find_duplicates(board, {no.tip_ids for no in refused if isinstance(no, RefusedPair)}),
    )


def read_board(tips: Sequence[Tip], themes: Sequence[Theme], prompt: str, cache: FeatureCache) -> Board:
    ordered = sorted(tips, key=lambda tip: (tip.text, tip.id))
    named = sorted(themes, key=lambda theme: (theme.name, theme.id))
    features = [cache.of(text, prompt) for text in (*(tip.text for tip in ordered), *(theme.name for theme in named))]
    alike = likeness(features)
    return Board(ordered, named, features, alike.overall, alike.spelling)


def guess_themes(board: Board, refused: Collection[tuple[str, str]]) -> dict[str, tuple[Guess, ...]]:
    if not board.themes:
        return {}
    count = len(board.tips)
    placed = [board.placed(theme) for theme in board.themes]
    scores = guesses.scores(board.alike, range(count, count + len(board.themes)), placed)
    known = [
        guesses.vocabulary([board.features[row] for row in (count + column, *members)])
        for column, members in enumerate(placed)
    ]
    on_board = guesses.vocabulary(board.features).tips
    found: dict[str, tuple[Guess, ...]] = {}
    for row in board.unsorted:
        tip = board.tips[row]
        likely: list[Guess] = []
        for column in np.argsort(-scores[row], kind="stable"):
            score, theme = float(scores[row, column]), board.themes[column]
            if score < guesses.FLOOR or len(likely) == guesses.MOST_GUESSES:
                break
            if (tip.id, theme.id) not in refused:
                why = guesses.reasons(board.features[row], known[column], on_board)
                if why:
                    likely.append(Guess(theme.id, round(score, 3), why))
        if likely:
            found[tip.id] = tuple(likely)
    return found


def suggest_groups(
    board: Board,
    likely: Mapping[str, Sequence[Guess]],
    refused: Sequence[Collection[str]],
    previous: Sequence[Group],
) -> tuple[Group, ...]:
    rows = board.unsorted
    if len(rows) < FEWEST_TIPS:
        return ()
    drafts = tight_groups(board.alike, rows)
    ids = {number: [board.tips[row].id for row in draft] for number, draft in enumerate(drafts)}
    shown = [number for number in ids if not continuity.refused_before(ids[number], refused)][:MOST_GROUPS]
    old = {group.id: group for group in previous}
    kept = continuity.heirs(
        {number: ids[number] for number in shown},
        {group.id: group.tip_ids for group in previous},
        {board.tips[row].id for row in rows},
    )
    names = [labels.names_in(features) for features in board.features[: len(board.tips)]]
    on_board = labels.counted(names)
    taken = {theme.name.casefold() for theme in board.themes} | {old[name].name.casefold() for name in kept.values()}
    groups: list[Group] = []
    for number in shown:
        members = drafts[number]
        texts = [board.tips[row].text for row in members]
        languages = [board.features[row].language for row in members]
        quoted = labels.quote_of(board.alike[np.ix_(members, members)], texts, languages)
        shared = labels.candidates([names[row] for row in members], languages, quoted, on_board)
        before = old[kept[number]] if number in kept else None
        name = before.name if before else labels.name_of(len(members), shared, texts, taken) or brief(texts[quoted])
        taken.add(name.casefold())
        groups.append(
            Group(
                id=before.id if before else continuity.fresh_id(ids[number], [*old, *(group.id for group in groups)]),
                name=name,
                quote_id=board.tips[members[quoted]].id,
                tip_ids=tuple(sorted(ids[number])),
                why=labels.shared_words(shared),
                theme_id=belongs_to(ids[number], likely),
            )
        )
    return tuple(groups)


def tight_groups(alike: np.ndarray, rows: Sequence[int]) -> list[list[int]]:
    """Groups of rows, the tightest and largest first."""
    between = alike[np.ix_(rows, rows)]
    for stop in TIGHT:
        clusters = [without_stragglers(between, cluster, STRAGGLER) for cluster in average_link(between, stop)]
        groups = [cluster for cluster in clusters if len(cluster) >= SMALLEST_GROUP]
        groups.sort(key=lambda group: (-cohesion(between, group) * len(group) ** 0.5, group))
        if len(groups) >= MOST_GROUPS or sum(map(len, groups)) >= ENOUGH * len(rows):
            break
    return [[rows[number] for number in group] for group in groups]


def brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= labels.LONGEST_NAME else line[: labels.LONGEST_NAME - 1].rstrip() + "…"


def belongs_to(tip_ids: Sequence[str], likely: Mapping[str, Sequence[Guess]]) -> str | None:
    first = [likely[tip_id][0] for tip_id in tip_ids if tip_id in likely]
    sure = [guess.theme_id for guess in first if guess.score >= SURE]
    best = max(sorted(set(sure)), key=sure.count, default=None)
    return best if best is not None and sure.count(best) >= MOSTLY * len(tip_ids) else None


def find_duplicates(board: Board, refused: Collection[frozenset[str]]) -> tuple[tuple[str, str, float], ...]:
    count = len(board.tips)
    found = []
    for first, second, score in duplicates.near_duplicates(board.features[:count], board.spelling[:count, :count]):
        one, two = sorted((board.tips[first].id, board.tips[second].id))
        if frozenset((one, two)) not in refused:
            found.append((one, two, score))
    return tuple(sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1])))
