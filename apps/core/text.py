"""What people type, made fit to be shown to others: no invisible, re-ordering or stacked-up characters."""

import unicodedata

import regex
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .refusal import Refusal

# Letters by category, blank by sight: a name made of these looks empty.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\ufffc")
# The black flag and the tag characters after it spell regional flags (Scotland, Wales).
TAGGED_FLAG = regex.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
JOINER_IN_EMOJI = regex.compile(
    r"(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)\u200D(?=\p{Extended_Pictographic})"
)
# Scripts whose spelling needs a joiner or non-joiner between two of their letters.
JOINING = (
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}"
    r"\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}]"
)
JOINER_IN_SCRIPT = regex.compile(rf"(?<={JOINING})[\u200C\u200D](?={JOINING})")
# Three marks on one letter are in use (Vietnamese, Thai, pointed Hebrew have up to that); "Zalgo" stacks dozens.
STACKED_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
GRAPHEME = regex.compile(r"\X")


def clean_line(typed: str, most: int) -> str:
    """One line: NFKC, white space runs become one space, 1 to `most` grapheme clusters.

    Refuses `empty` and `too_long` (400).
    """
    return measured(" ".join(visible(unicodedata.normalize("NFKC", printable(typed))).split()), most)


def clean_block(typed: str, most: int) -> str:
    """Some lines: NFC, at most one empty line in a row, 1 to `most` grapheme clusters.

    Refuses `empty` and `too_long` (400).
    """
    text = unicodedata.normalize("NFC", printable(typed).replace("\r\n", "\n").replace("\r", "\n"))
    lines = [" ".join(visible(line).split()) for line in regex.split(r"[\n\u2028\u2029\x0b\x0c\x85]", text)]
    return measured(regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), most)


def cut(text: str, most: int) -> str:
    """Its first `most` grapheme clusters, with an ellipsis in place of the last where there are more."""
    clusters = GRAPHEME.findall(text)
    return text if len(clusters) <= most else "".join(clusters[: most - 1]).rstrip() + "…"


def graphemes(text: str) -> int:
    """How many characters a person would count (extended grapheme clusters, UAX 29)."""
    return sum(1 for _match in GRAPHEME.finditer(text))


def printable(typed: str) -> str:
    # A lone surrogate reaches us through JSON escapes and cannot be stored or sent.
    return typed.encode("utf-8", "ignore").decode()


def visible(text: str) -> str:
    kept = {match.start() for pattern in (JOINER_IN_EMOJI, JOINER_IN_SCRIPT) for match in pattern.finditer(text)}
    for match in TAGGED_FLAG.finditer(text):
        kept.update(range(match.start(), match.end()))
    shown = "".join(character for place, character in enumerate(text) if place in kept or is_visible(character))
    return STACKED_MARKS.sub(r"\1", shown)


def is_visible(character: str) -> bool:
    if character in BLANK_LETTERS:
        return False
    if character.isspace():
        return True
    # Controls, formatting (bidi overrides, zero width, soft hyphen, tags), private, surrogates, unassigned.
    return not unicodedata.category(character).startswith("C")


def measured(text: str, most: int) -> str:
    # Marks and variation selectors alone draw nothing that could be read.
    if not regex.search(r"[^\s\p{M}]", text):
        raise Refusal("empty", _("Please write something first."), status=400)
    # Code points bound the work and the storage; a cluster may be long, ten to one is not a person writing.
    if len(text) > 10 * most or graphemes(text) > most:
        sentence = ngettext("At most %(most)d character, please.", "At most %(most)d characters, please.", most)
        raise Refusal("too_long", sentence % {"most": most}, status=400)
    return text
