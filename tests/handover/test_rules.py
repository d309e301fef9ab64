"""The words: told apart by ear, by eye and by typing, every triple as likely as any other."""

from itertools import pairwise

import pytest

from apps.handover.rules import WORDS, plain, words_of


def test_words_are_plain_and_a_number_of_bits() -> None:
    assert len(set(WORDS)) == len(WORDS) == 512
    assert all(word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 8 for word in WORDS)


def test_run_together_they_are_still_three() -> None:
    """No word begins another one, so that letters without spaces can be read in one way only."""
    ordered = sorted(WORDS)
    assert [pair for pair in pairwise(ordered) if pair[1].startswith(pair[0])] == []


def test_one_wrong_letter_is_never_another_word() -> None:
    exchanged = [word[:at] + "*" + word[at + 1 :] for word in WORDS for at in range(len(word))]
    missing = {word[:at] + word[at + 1 :] for word in WORDS for at in range(len(word))}
    assert len(exchanged) == len(set(exchanged))
    assert missing.isdisjoint(WORDS)


def test_all_of_them_come() -> None:
    assert words_of((0).to_bytes(4)) == [WORDS[0]] * 3
    assert words_of((2**27 - 1).to_bytes(32)) == [WORDS[-1]] * 3
    assert {words_of(number.to_bytes(4))[0] for number in range(512)} == set(WORDS)
    assert words_of((512 * 512).to_bytes(4)) == [WORDS[0], WORDS[0], WORDS[1]]


@pytest.mark.parametrize(
    "typed", ["river lemon tiger", "River Lemon TIGER", " river-lemon-tiger.", "riverlemontiger", "ríver, lemon\ntiger"]
)
def test_typing_is_forgiven(typed: str) -> None:
    assert plain(typed) == plain(["river", "lemon", "tiger"]) == "riverlemontiger"


def test_other_scripts_are_no_words() -> None:
    assert plain("река 河 \x00 \ud800 7") == ""
