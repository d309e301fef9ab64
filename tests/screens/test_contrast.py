"""Every text colour holds WCAG AA on every ground it may stand on, by day and by evening."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "apps/screens/static/screens/css/tokens.css"
PAIR = re.compile(r"--([\w-]+):\s*var\(--light,\s*(#[0-9a-f]{6})\)\s*var\(--dark,\s*(#[0-9a-f]{6})\)")
SINGLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
RULE = re.compile(r":root(?:\[data-hue=\"(\w+)\"\][^{]*)?\s*\{([^}]*)\}")
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


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COMMON_TOKENS, HUES = read_tokens()


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 6) == 21


def test_all_hues_are_read():
    assert set(HUES) == {"lamp", "coral", "leaf", "violet", "sun", "sky", "rose", "sea", "sand"}


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "evening"])
def test_common_pairs_hold(theme):
    failing = {
        (text, ground): round(contrast(COMMON_TOKENS[text][theme], COMMON_TOKENS[ground][theme]), 2)
        for text, ground, least in COMMON
        if contrast(COMMON_TOKENS[text][theme], COMMON_TOKENS[ground][theme]) < least
    }
    assert failing == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "evening"])
@pytest.mark.parametrize("hue", sorted(HUES))
def test_pairs_of_each_hue_hold(hue, theme):
    tokens = COMMON_TOKENS | HUES[hue]
    failing = {
        (text, ground): round(contrast(tokens[text][theme], tokens[ground][theme]), 2)
        for text, ground, least in PER_HUE
        if contrast(tokens[text][theme], tokens[ground][theme]) < least
    }
    assert failing == {}
