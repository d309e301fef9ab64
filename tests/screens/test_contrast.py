"""Every text colour holds WCAG AA on every ground it may stand on, by day and by evening."""

import re
from pathlib import Path

import pytest

from apps.events.kinds import PALETTES

APPS = Path(__file__).parents[2] / "apps"
TOKENS = APPS / "screens/static/screens/css/tokens.css"
ROOMS = APPS / "screens/static/screens/palettes.css"
KEEPSAKE = APPS / "keepsake/static/keepsake/keepsake.css"
PAIR = re.compile(r"--([\w-]+):\s*var\(--light,\s*(#[0-9a-f]{6})\)\s*var\(--dark,\s*(#[0-9a-f]{6})\)")
SINGLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
RULE = re.compile(r":root(?:\[data-hue=\"(\w+)\"\][^{]*)?\s*\{([^}]*)\}")
ROOM = re.compile(r"^  \[data-palette=\"(\w+)\"\](:is[^{]*)?\s*\{([^}]*)\}", re.MULTILINE)
TINT = re.compile(r"--tint: var\(--light, (\d+)%\) var\(--dark, (\d+)%\)")
TEXT, LARGE = 4.5, 3.0

# (text, ground, least ratio)
COMMON = [
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "well", TEXT),
    ("ink-quiet", "paper", TEXT),
    ("ink-quiet", "card", TEXT),
    ("ink-quiet", "well", TEXT),
    ("paper", "ink", TEXT),
    ("danger", "paper", TEXT),
    ("danger", "card", TEXT),
    ("on-danger", "danger-fill", TEXT),
    ("edge", "paper", LARGE),
    ("edge", "card", LARGE),
]
PER_HUE = [
    ("ink", "wash", TEXT),
    ("ink-quiet", "wash", TEXT),
    ("danger", "wash", TEXT),
    ("edge", "wash", LARGE),
    ("on-now", "now", TEXT),
    ("now-ink", "paper", TEXT),
    ("now-ink", "card", TEXT),
    ("now-ink", "wash", TEXT),
]


def read_tokens() -> tuple[dict[str, tuple[str, str]], dict[str, dict[str, tuple[str, str]]]]:
    """Common tokens and those of each hue, as (light, dark) pairs."""
    common: dict[str, tuple[str, str]] = {}
    hues: dict[str, dict[str, tuple[str, str]]] = {}
    for hue, body in RULE.findall(TOKENS.read_text()):
        found = {name: (light, dark) for name, light, dark in PAIR.findall(body)}
        found |= {name: (value, value) for name, value in SINGLE.findall(body)}
        if hue:
            hues[hue] = found
        else:
            common |= found
    hues["lamp"] = {name: common[name] for name in ("now", "now-ink", "wash")}
    return common, hues


Pairs = dict[str, tuple[str, str]]


def read_rooms() -> dict[str, tuple[Pairs, dict[str, Pairs]]]:
    """Of each palette its common tokens and those of each hue; the wash is mixed as the stylesheet says."""
    text = ROOMS.read_text()
    common, hues = read_tokens()
    (tints,) = TINT.findall(text)
    rooms: dict[str, tuple[Pairs, dict[str, Pairs]]] = {"evening": (common, hues)}
    for name, is_lamp, body in ROOM.findall(text):
        own, worn = rooms.setdefault(name, (dict(common), {hue: dict(found) for hue, found in hues.items()}))
        (worn["lamp"] if is_lamp else own).update({token: pair for token, *pair in PAIR.findall(body)})
    for name, (own, worn) in rooms.items():
        for found in worn.values() if name != "evening" else ():
            found["wash"] = [
                mixed(*pair, int(tint)) for *pair, tint in zip(found["now"], own["paper"], tints, strict=True)
            ]
    return rooms


def mixed(one: str, other: str, percent: int) -> str:
    """`color-mix(in srgb, one percent%, other)` (CSS Color 5)."""
    parts = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (one, other)]
    return "#" + "".join(f"{round((a * percent + b * (100 - percent)) / 100):02x}" for a, b in zip(*parts, strict=True))


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


HUES = read_tokens()[1]
READ = read_rooms()
themes = pytest.mark.parametrize("theme", [0, 1], ids=["day", "evening"])
rooms = pytest.mark.parametrize("room", PALETTES)


def failing(tokens: Pairs, theme: int, pairs: list[tuple[str, str, float]]) -> dict[tuple[str, str], float]:
    found = {(text, ground): contrast(tokens[text][theme], tokens[ground][theme]) for text, ground, _least in pairs}
    return {
        (text, ground): round(found[text, ground], 2) for text, ground, least in pairs if found[text, ground] < least
    }


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 6) == 21


def test_all_hues_and_all_palettes_are_read():
    assert set(HUES) == {"lamp", "coral", "leaf", "violet", "sun", "sky", "rose", "sea", "sand"}
    assert tuple(READ) == PALETTES
    seen = [(own["paper"], own["ink"], worn["lamp"]["now"], worn["coral"]["wash"]) for own, worn in READ.values()]
    assert all(one != other for place, one in enumerate(seen) for other in seen[:place])


@themes
@rooms
def test_common_pairs_hold(room, theme):
    assert failing(READ[room][0], theme, COMMON) == {}


@themes
@rooms
@pytest.mark.parametrize("hue", sorted(HUES))
def test_pairs_of_each_hue_hold(room, hue, theme):
    own, worn = READ[room]
    assert failing(own | worn[hue], theme, PER_HUE) == {}


@themes
@rooms
def test_the_keepsake_is_in_the_same_room(room, theme):
    """Printed programme that it is, it has tokens of its own: those of the screens under its own names."""
    own, worn = READ[room]
    text = KEEPSAKE.read_text()
    named = {"table": "well", "paper": "card", "ink": "ink", "quiet": "ink-quiet", "line": "line"}
    if room == "evening":
        rules = re.findall(r":root \{([^}]*)\}", text)
        shown = {name: (rules[theme] + ";").split(f"--{name}: ")[1][:7] for name in ("ink", "quiet", "lamp")}
        assert shown == {"ink": own["ink"][theme], "quiet": own["ink-quiet"][theme], "lamp": worn["lamp"]["now"][theme]}
        return
    rules = re.findall(rf'\[data-palette="{room}"\] \{{([^}}]*)\}}', text)
    assert len(rules) == 2
    shown = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules[theme]))
    assert shown == {name: own[token][theme] for name, token in named.items()} | {"lamp": worn["lamp"]["now"][theme]}
