"""`suggest` in the shape that a scorer of theme suggesters asks for."""

from collections.abc import Sequence

from apps.tips.theming import Tip, suggest


def suggest_themes(texts: Sequence[str]) -> tuple[list[list[int]], list[str]]:
    """Groups of indices into `texts`, and a name for each group; an index in no group is unsorted."""
    found = suggest([Tip(f"{number:05}", text) for number, text in enumerate(texts)]).groups
    return [[int(tip_id) for tip_id in group.tip_ids] for group in found], [group.name for group in found]
