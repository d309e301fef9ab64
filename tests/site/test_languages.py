"""Every language says everything that the sources ask for, and says it whole."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import pytest
from babel.messages.catalog import Message

from tests.site import messages
from tests.site.messages import DOMAINS, LANGUAGES, collect, compiled, po, read, renewed, sources, written
from tests.site.unwrapped import unwrapped

pytestmark = pytest.mark.looks

EACH = [(language, domain) for language in LANGUAGES for domain in DOMAINS]
NAMED = re.compile(r"%\(\w+\)[sd]|(?<!%)\{\w+\}")
TAG = re.compile(r"</?\w[^>]*>")
# No text of the house has one: people and programmes may.
LOUD = re.compile("[!¡！]")


def entries(language: str, domain: str) -> Iterator[tuple[Message, list[str], list[str]]]:
    """Each entry, its English texts and its translated ones."""
    for entry in read(language, domain):
        if entry.id:
            yield entry, *([texts] if isinstance(texts, str) else list(texts) for texts in (entry.id, entry.string))


@cache
def counts_of(language: str) -> list[list[int]]:
    """Which of the counts 0 to 199 take each plural form."""
    catalogue = read(language, "djangojs")
    form_of = c2py(catalogue.plural_expr)
    forms: list[list[int]] = [[] for _form in range(catalogue.num_plurals)]
    for count in range(200):
        forms[int(form_of(count))].append(count)
    return forms


def lost(language: str, english: list[str], said: list[str]) -> list[str]:
    """Translations that do not name what the English one names.

    A form for one count alone may say it in a word ("two tips"), and where English has one word for one, others may.
    """
    if len(english) == 1:
        return [text for text in said if Counter(NAMED.findall(text)) != Counter(NAMED.findall(english[0]))]
    one, many = (set(NAMED.findall(text)) for text in english)
    wrong = []
    for text, counts in zip(said, counts_of(language), strict=True):
        named = set(NAMED.findall(text))
        may_be_a_word = len(counts) == 1 or (one != many and max(counts) == 1)
        if not named <= many or len(many - named) > int(may_be_a_word):
            wrong.append(text)
    return wrong


@pytest.mark.parametrize(("language", "domain"), EACH)
def test_translations_keep_what_is_filled_in_and_how_it_is_set(language: str, domain: str) -> None:
    wrong = []
    for _entry, english, said in entries(language, domain):
        if not any(said):
            continue
        wrong += lost(language, english, said)
        for text in said:
            if TAG.findall(text) != TAG.findall(english[-1]):
                wrong.append(text)
            if (text[:1].isspace(), text[-1:].isspace()) != (english[0][:1].isspace(), english[0][-1:].isspace()):
                wrong.append(text)
            if LOUD.search(text):
                wrong.append(text)
    assert wrong == []


def test_what_people_see_can_be_translated() -> None:
    found = {
        path.relative_to(messages.ROOT).as_posix(): texts
        for domain in DOMAINS
        for path in sources(domain)
        if (texts := unwrapped(path))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("suffix", "source", "texts"),
    [
        (".js", 'html`<p title="Say hello">${_("Kept")} <b>Look up</b>${x && html`<i>and out</i>`}</p>`', 3),
        (".js", 'page.textContent = "Something is wrong here";', 1),
        (".html", '<p>{% translate "Kept" %} Look up <a title="no {{ x }}">{{ y }}</a></p>', 2),
        (".html", "{% blocktranslate %}Kept{% endblocktranslate %}<style>p { color: red }</style><kbd>Esc</kbd>", 0),
        (".py", 'Refusal("gone", "It is gone."), Refusal("gone", f"{who} is gone."), Refusal("gone", _("Kept"))', 2),
    ],
)
def test_what_nobody_wrapped_is_found(tmp_path, suffix: str, source: str, texts: int) -> None:
    path = tmp_path / f"source{suffix}"
    path.write_text(source)
    assert len(unwrapped(path)) == texts


@pytest.mark.parametrize("domain", DOMAINS)
def test_catalogues_are_what_the_sources_ask_for(domain: str) -> None:
    """`make messages` would change nothing: no text is missing, none is stale, none is compiled otherwise."""
    found = collect(domain)
    stale = []
    for language in LANGUAGES:
        path = po(language, domain)
        is_kept = path.read_bytes() == written(renewed(language, domain, found))
        if not is_kept or path.with_suffix(".mo").read_bytes() != compiled(read(language, domain)):
            stale.append(language)
    assert stale == [], "run `make messages`"


@pytest.mark.parametrize(("language", "domain"), EACH)
def test_every_text_is_translated(language: str, domain: str) -> None:
    assert [english for _entry, english, said in entries(language, domain) if not said or not all(said)] == []
