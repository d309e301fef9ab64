"""What is suggested for one wall: plain data in and out, so that another process can be asked. No Django."""

from collections.abc import Callable
from typing import Any

from . import theming
from .features import FeatureCache


def suggestions(wall: dict[str, Any], cache: FeatureCache) -> dict[str, Any]:
    """Groups of shown tips that nobody has sorted; guesses and near-duplicates for the waiting ones as well.

    `wall` has `shown` and `waiting` tips as [id, text, theme or None], `themes` as [id, name], the `prompt`, what
    moderators `refused` as [kind, tips, theme], and the `groups` of the last answer. Returns what the wall's document
    carries: `groups`, `guesses` by tip, `duplicates`.
    """
    shown, waiting = ([theming.Tip(*tip) for tip in wall[which]] for which in ("shown", "waiting"))
    themes = [theming.Theme(*theme) for theme in wall["themes"]]
    refused = [REFUSED[kind](tips, theme) for kind, tips, theme in wall["refused"]]
    previous = [as_group(group) for group in wall["groups"]]
    made = theming.suggest(shown, themes, prompt=wall["prompt"], refused=refused, previous=previous, cache=cache)
    alike, likely = made.duplicates, dict(made.guesses)
    if waiting:
        board = theming.read_board([*shown, *waiting], themes, wall["prompt"], cache)
        alike = theming.find_duplicates(board, {one.tip_ids for one in refused if isinstance(one, theming.RefusedPair)})
        guessed = theming.guess_themes(
            board, {(one.tip_id, one.theme_id) for one in refused if isinstance(one, theming.RefusedGuess)}
        )
        likely |= {tip.id: guessed[tip.id] for tip in waiting if tip.id in guessed}
    return {
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "quote": group.quote_id,
                "tips": list(group.tip_ids),
                "why": list(group.why),
                "theme": group.theme_id,
            }
            for group in made.groups
        ],
        "guesses": {
            tip: [{"theme": one.theme_id, "score": one.score, "why": list(one.why)} for one in guesses]
            for tip, guesses in sorted(likely.items())
        },
        "duplicates": [{"tips": [one, two], "score": score} for one, two, score in alike],
    }


def as_group(told: dict[str, Any]) -> theming.Group:
    return theming.Group(
        told["id"], told["name"], told["quote"], tuple(told["tips"]), tuple(told["why"]), told["theme"]
    )


REFUSED: dict[str, Callable[[list[str], str], theming.Refused]] = {
    "group": lambda tips, _theme: theming.RefusedGroup(frozenset(tips)),
    "guess": lambda tips, theme: theming.RefusedGuess(tips[0], theme),
    "pair": lambda tips, _theme: theming.RefusedPair(frozenset(tips)),
}
