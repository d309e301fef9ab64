"""Names and notes: what a person typed is kept, what would fool the others is not."""

import pytest

from apps.core import text
from apps.core.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Ａｄａ", "Ada"),  # full-width letters are the same letters
        ("Ada\u202egnp.exe", "Adagnp.exe"),  # right-to-left override
        ("A\u200bd\u2060a\ufeff", "Ada"),  # zero-width space, word joiner, byte order mark
        ("Ada\x00\x1b[31m", "Ada[31m"),
        ("Ada\u3164", "Ada"),  # Hangul filler: a letter that draws nothing
        ("\ud800Ada", "Ada"),  # a lone surrogate through a JSON escape
        ("عائشة", "عائشة"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs its non-joiner
        ("👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"),
        ("👩🏽\u200d🔬", "👩🏽\u200d🔬"),
        (
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        ),
        ("A\U000e0067da", "Ada"),  # a tag character that belongs to no flag
        ("Nguyễn", "Nguyễn"),
        ("Z" + "\u0351" * 40, "Z" + "\u0351" * 4),
    ],
)
def test_a_line_keeps_the_writing_and_drops_the_tricks(typed: str, shown: str) -> None:
    assert text.clean_line(typed, 40) == shown


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200b", "\u3164", "\u0301\u0301", "\ufe0f", "\n\t"])
def test_a_line_that_shows_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        text.clean_line(typed, 40)
    assert (refused.value.code, refused.value.status) == ("empty", 400)


def test_length_is_counted_as_people_count() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    assert text.clean_line(family * 40, 40) == family * 40
    with pytest.raises(Refusal) as refused:
        text.clean_line(family * 41, 40)
    assert refused.value.as_body() == {"code": "too_long", "message": "At most 40 characters, please."}


def test_cut_short_by_what_people_count() -> None:
    assert (text.cut("Ada", 3), text.cut("Ada L", 5), text.cut("Ada Lo", 5)) == ("Ada", "Ada L", "Ada…")
    assert text.cut("e\u0301" * 4, 3) == "e\u0301" * 2 + "…"


def test_a_block_keeps_its_lines() -> None:
    assert text.clean_block(" one\r\ntwo \n\n\n\n three\u2028four ", 280) == "one\ntwo\n\nthree\nfour"


def test_cleaning_twice_changes_nothing() -> None:
    once = text.clean_line("Z" + "\u0351" * 40 + "\u202e 👩\u200d👧 می\u200cخواهم", 40)
    assert text.clean_line(once, 40) == once
