"""Equal names are told apart by a number everybody sees, and names that only look equal are equal."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import regex

# What an event wants names to be: any, with a number behind those that are equal; each a different one; first and last.
FREE, UNIQUE, FULL = "free", "unique", "full"
POLICIES = (FREE, UNIQUE, FULL)

WORD = re.compile(r"[^\W_]+")
# An office behind or before a bracket, a dash, a colon or a picture.
SIGN = r"[^\w\s.'’]|_"
ONE_OF_THEM = r"(?:co)?(?:hosts?|moderators?|organi[sz]er|admin|crew)"
SET_OFF = re.compile(rf"(?:{SIGN})\s*{ONE_OF_THEM}\b|(?:^|\s){ONE_OF_THEM}\s*(?:{SIGN})")

# Letters of other scripts that are drawn like Latin ones: a hand-picked part of the Unicode confusables (UTS 39), those
# that keyboards and pranks produce. Compared only; what is shown stays as typed.
LOOKALIKES = str.maketrans(
    dict(
        zip(
            "АВЕЅНІЈКМОРСТУХаеѕіјкорсухһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυχıɑɡℓ",
            "ABESHIJKMOPCTYXaesijkopcyxhdqwvABEZHIKMNOPTYXayikvopuxiagl",
            strict=True,
        )
    )
)
STROKES = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o"})

# Scripts that put no space between a first and a last name.
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
INITIALS = "BCDFGHKLMNPRSTVW"

# What those who run an event are called, as `skeleton` has it. Names in other languages are not guessed at.
OFFICES = frozenset({"host", "hosts", "cohost", "moderator", "moderators", "organiser", "organizer", "admin", "crew"})
FILLERS = frozenset({"the", "your", "event", "of", "official"})


def key_of(name: str) -> str:
    """SHA-256 (hex) of the name's skeleton, spaces left out."""
    return hashlib.sha256("".join(skeleton(name).split()).encode()).hexdigest()


def skeleton(name: str) -> str:
    """Look-alike letters mapped, case folded; spaces as they are."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", name).translate(LOOKALIKES).casefold())
    return folded.translate(STROKES)


def claims_office(name: str) -> bool:
    """Whether the name has a word such as "host" or "moderator" in it."""
    return not OFFICES.isdisjoint(words_of(name))


def imitates(name: str, crew: Iterable[str]) -> bool:
    """Whether others would take the bearer for one of those who run the event, who are called `crew`.

    "Moderator", "the Host", "Ada (host)", "host: Ada", and "Hana Host" where a Hana is crew; Robert Crew is a name.
    """
    if not claims_office(name):
        return False
    rest = [word for word in words_of(name) if word not in OFFICES | FILLERS and len(word) > 1 and not word.isdigit()]
    if not rest or SET_OFF.search(skeleton(name)):
        return True
    return any(rest == words_of(one) for one in crew)


def has_two(name: str) -> bool:
    """Whether a first and a last name can be in it: two words with a letter each, an initial is one ("Ana B.")."""
    if UNSPACED.search(name):
        return sum(character.isalpha() for character in name) > 1
    return sum(any(map(str.isalpha, word)) for word in name.split()) > 1


def with_initials(name: str) -> list[str]:
    """The name with each of some initials behind it; none in a script that has no initials of ours."""
    if not regex.search(r"\p{Latin}", name):
        return []
    return [f"{name} {letter}." for letter in INITIALS]


def words_of(name: str) -> list[str]:
    return WORD.findall(skeleton(name))


def shown(name: str, number: int) -> str:
    """The name as everybody sees it: the first Ada is "Ada", the second "Ada 2"."""
    return name if number == 1 else f"{name} {number}"
