"""The interface's words for JavaScript: Django's own catalogue, and sources from which it can be made."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

from apps.screens import modules, words

JAVASCRIPT = Path(modules.__file__).parent / "static" / "screens"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def compiled(messages: dict[str, str]) -> bytes:
    """A .mo file (GNU gettext manual, 10.3)."""
    keys = sorted(key.encode() for key in messages)
    ids = b"".join(key + b"\0" for key in keys)
    texts = b"".join(messages[key.decode()].encode() + b"\0" for key in keys)
    start = 28 + 16 * len(keys)
    table, id_at, text_at = [], start, start + len(ids)
    lengths = [(len(key), len(messages[key.decode()].encode())) for key in keys]
    for id_length, _text_length in lengths:
        table += [id_length, id_at]
        id_at += id_length + 1
    for _id_length, text_length in lengths:
        table += [text_length, text_at]
        text_at += text_length + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + struct.pack(f"<{len(table)}I", *table) + ids + texts


@pytest.fixture
def polish(tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    messages = {
        "": f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {POLISH}\n",
        "Undo": "Cofnij",
        "Keep": "Keep",
        "{count} tip\0{count} tips": "{count} wskazówka\0{count} wskazówki\0{count} wskazówek",
    }
    (folder / "djangojs.mo").write_bytes(compiled(messages))
    words.words.cache_clear()
    with override_settings(LOCALE_PATHS=[tmp_path], LANGUAGES=[("en", "English"), ("pl", "polski")]), override("pl"):
        yield
    words.words.cache_clear()


def test_english_needs_no_catalogue() -> None:
    assert words.words("en") == ({}, "")


def test_a_catalogue_becomes_plain_data(polish: None) -> None:
    found, digits = words.words("pl")
    assert found == {
        "Undo": "Cofnij",
        "{count} tip": ["{count} wskazówka", "{count} wskazówki", "{count} wskazówek"],
    }
    assert len(digits) == words.COUNTS
    assert [digits[count] for count in (0, 1, 2, 5, 12, 22, 104, 112, 199)] == list("201221122")


def test_the_digits_are_the_catalogues_own_rule(polish: None) -> None:
    rule = DjangoTranslation("pl", domain="djangojs", localedirs=words.locale_folders()).plural
    _found, digits = words.words("pl")
    assert [int(digit) for digit in digits] == [rule(count) for count in range(words.COUNTS)]
    # What the screens rely on for larger counts.
    assert all(rule(count) == int(digits[100 + count % 100]) for count in range(200, 2000))


def test_every_text_of_the_screens_is_a_literal_that_can_be_collected() -> None:
    """`_(variable)` would be translated at nobody's desk."""
    wrong = []
    for file in JAVASCRIPT.rglob("*.js"):
        if "vendor" in file.parts or file.name == "words.js":
            continue
        text = file.read_text()
        for call in re.finditer(r"(?<![\w.$])(_n?)\(\s*(?![\"')])", text):
            wrong.append(f"{file.name}: {text[call.start() : call.start() + 60]!r}")
    assert wrong == []


def test_names_in_texts_are_names_not_expressions() -> None:
    wrong = []
    for file in JAVASCRIPT.rglob("*.js"):
        if "vendor" in file.parts:
            continue
        for text in re.findall(r'(?<![\w.$])_n?\(\s*"((?:[^"\\]|\\.)*)"', file.read_text()):
            wrong += [
                f"{file.name}: {text}" for name in re.findall(r"\{([^}]*)\}", text) if not re.fullmatch(r"\w+", name)
            ]
    assert wrong == []
