"""A tip's words: made plain, split, language guessed, stop words dropped, stemmed. No Django."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import regex
import snowballstemmer

# More than any tip may hold; bounds the work that a stranger's text can cause.
LONGEST = 1000

LINK = regex.compile(r"(?:https?://|www\.)\S+")
STRAY_MARK = regex.compile(r"(?<=[\p{Latin}\p{Han}\p{N}\p{P}\p{S}])\p{M}+")
INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]")
ACCENT = regex.compile(r"(?<=\p{Latin}\p{M}*)\p{M}")
REPEATED = regex.compile(r"(\p{L})\1{2,}")
HAN = r"\p{Han}\p{Hiragana}\p{Katakana}"
LETTER = rf"[\p{{L}}--[{HAN}]]"
WORD = regex.compile(rf"[{HAN}]+|{LETTER}[\p{{L}}\p{{M}}--[{HAN}]]*(?:'{LETTER}+)*|\p{{N}}+", regex.V1)
WITHOUT_SPACES = regex.compile(rf"[{HAN}]")
ELISION = regex.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)'(?=\p{L})")

STEMMERS = {
    code: snowballstemmer.stemmer(name)
    for code, name in (
        ("en", "english"),
        ("es", "spanish"),
        ("fr", "french"),
        ("de", "german"),
        ("pt", "portuguese"),
    )
}


STEMMING = Lock()


def plain(text: str) -> str:
    """NFKC, lower case, no links, no invisible characters, no stacked marks, letters repeated at most twice."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()[:LONGEST].replace("’", "'")
    text = INVISIBLE.sub(lambda found: " " if found[0].isspace() else "", LINK.sub(" ", text))
    return str(REPEATED.sub(r"\1\1", STRAY_MARK.sub("", text)))


def tokens(text: str) -> list[str]:
    """The words of a plain text in order; a run of Chinese or Japanese is one token, a French elision is cut off."""
    return [ELISION.sub("", word) for word in WORD.findall(text)]


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Without accents, for word lists that people type by hand."""
    return str(ACCENT.sub("", unicodedata.normalize("NFKD", word))).casefold()


def unspaced(word: str) -> bool:
    """Written without spaces between words (Chinese, Japanese)."""
    return bool(WITHOUT_SPACES.match(word))


@lru_cache(maxsize=1)
def stop_words() -> dict[str, frozenset[str]]:
    """By language code; `zh` holds single characters, `not` the negations of all languages."""
    lists = tomllib.loads((Path(__file__).parent / "words" / "stopwords.toml").read_text(encoding="utf-8"))
    return {code: frozenset(text.split()) if code != "zh" else frozenset(text) for code, text in lists.items()}


def language(words: list[str]) -> str:
    """The language whose stop words are commonest in `words`; English when nothing speaks for another."""
    spoken = [folded(word) for word in words]
    counts = {code: sum(word in stop_words()[code] for word in spoken) for code in STEMMERS}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > counts["en"] else "en"


@lru_cache(maxsize=20_000)
def stem(word: str, code: str) -> str:
    """The folded Snowball stem."""
    # A stemmer keeps its state in itself and would mix up two threads.
    with STEMMING:
        return folded(STEMMERS[code].stemWord(word))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a tip. `stem` is empty for a stop word; a run of Chinese or Japanese keeps its text in both."""

    stem: str
    written: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text in order, and the language it seems to be in (`zh` for mostly Chinese or Japanese)."""

    language: str
    words: tuple[Word, ...]


def reading(text: str) -> Reading:
    """Reads any text; words are stemmed in the language of the text."""
    written = tokens(plain(text))
    spaced = [word for word in written if not unspaced(word)]
    code = language(spaced)
    stops = stop_words()[code]
    mostly_han = sum(map(len, written)) > 2 * sum(map(len, spaced))
    return Reading("zh" if mostly_han else code, tuple(Word(stem_of(word, code, stops), word) for word in written))


def stem_of(word: str, code: str, stops: frozenset[str]) -> str:
    if unspaced(word):
        return word
    return "" if len(word) < 2 or folded(word) in stops else stem(word, code)


def pairs_of(run: str) -> list[str]:
    """The character pairs of a Chinese or Japanese run that hold no stop character."""
    stops = stop_words()["zh"]
    pairs = [run[place : place + 2] for place in range(len(run) - 1)] or [run]
    return [pair for pair in pairs if not stops & set(pair)]
