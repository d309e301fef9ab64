"""Collects the texts of the interface into locale/ and compiles them: `python -m tests.site.messages` (make messages).

In Python alone: neither collecting nor testing needs GNU gettext, and running needs nothing, for .mo files are kept.
"""

import ast
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "locale"
LANGUAGES = ("ar", "de", "es", "fr", "pt", "zh_Hans")
DOMAINS = ("django", "djangojs")
SOURCES = ("apps", "socialhub")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

# GNU gettext's rules; a language that is not here has two forms, one and many.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n > 1);",
    "zh_Hans": "nplurals=1; plural=0;",
}
ONE_OF_MANY = "nplurals=2; plural=(n != 1);"

ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"_n", "ngettext", "ngettext_lazy"}
CALL = re.compile(r"(?:\bn?gettext|(?<!\w)_)\(.*?\)(?=\s|X|$)", re.DOTALL)
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
JS_CALL = re.compile(rf"(?<![\w.])(_n?)\(\s*({LITERAL})(?:,\s*({LITERAL}))?")

Id = str | tuple[str, str]


def found_in(path: Path) -> Iterator[Id]:
    """The texts a source asks for, `(one, many)` where it counts."""
    text = path.read_text()
    match path.suffix:
        case ".js":
            for kind, one, many in JS_CALL.findall(text):
                yield (ast.literal_eval(one), ast.literal_eval(many)) if kind == "_n" else ast.literal_eval(one)
        case ".html":
            lines = templatize(text, origin=str(path)).splitlines()
            for call in CALL.findall("\n".join(line.lstrip() for line in lines)):
                yield from asked(ast.parse(call, mode="eval"))
        case ".py":
            yield from asked(ast.parse(text))


def asked(tree: ast.AST) -> Iterator[Id]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        match texts:
            case [str(one), str(many), *_rest] if node.func.id in MANY:
                yield one, many
            case [str(one)] if node.func.id in ONE:
                yield one


def sources(domain: str) -> list[Path]:
    kinds = {".js"} if domain == "djangojs" else {".py", ".html"}
    files = (path for folder in SOURCES for path in (ROOT / folder).rglob("*") if path.suffix in kinds)
    return sorted(path for path in files if not {"vendor", "migrations"} & set(path.parts))


def collect(domain: str) -> dict[Id, list[str]]:
    """Which files ask for each text. Files without line numbers, so that moving code changes no catalogue."""
    found: dict[Id, list[str]] = {}
    for path in sources(domain):
        for text in found_in(path):
            places = found.setdefault(text, [])
            if (place := path.relative_to(ROOT).as_posix()) not in places:
                places.append(place)
    # A text that is counted somewhere and plain elsewhere is one entry.
    for counted in [text for text in found if isinstance(text, tuple)]:
        found[counted] += found.pop(counted[0], [])
    return found


def po(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str) -> Catalog:
    path = po(language, domain)
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=language, domain=domain)


def renewed(language: str, domain: str, found: dict[Id, list[str]]) -> Catalog:
    """The catalogue with what the sources ask for now: what is translated stays, what is gone goes."""
    old = read(language, domain)
    new = Catalog(locale=language, domain=domain, header_comment="")
    new.mime_headers = headers(language)
    for text, places in sorted(found.items(), key=lambda pair: (pair[1][0], str(pair[0]))):
        kept = old.get(text if isinstance(text, str) else text[0])
        new[text] = message(text, places, kept)
    return new


def message(text: Id, places: list[str], kept: Message | None) -> Message:
    said = kept.string if kept and isinstance(kept.string, str) == isinstance(text, str) else ""
    flags = {"python-brace-format"} if re.search(r"\{\w+\}", str(text)) else set()
    where = [(place, None) for place in places]
    return Message(text, said, where, flags)  # type: ignore[arg-type]


def headers(language: str) -> list[tuple[str, str]]:
    return [
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Language", language),
        ("Plural-Forms", PLURALS.get(language, ONE_OF_MANY)),
    ]


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=True)
    heads = "".join(f'"{name}: {value}\\n"\n' for name, value in headers(str(catalogue.locale)))
    return f'msgid ""\nmsgstr ""\n{heads}\n'.encode() + out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo of a catalogue; without the day it was made, so that the same texts are the same bytes."""
    catalogue.creation_date = EPOCH
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    for domain in DOMAINS:
        found = collect(domain)
        for language in LANGUAGES:
            path = po(language, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(renewed(language, domain, found)))
            path.with_suffix(".mo").write_bytes(compiled(read(language, domain)))
            catalogue = read(language, domain)
            left = sum(not any(entry.string or "") for entry in catalogue if entry.id)
            print(f"{language:8} {domain:9} {len(found)} texts, {left} to translate")


if __name__ == "__main__":
    main()
