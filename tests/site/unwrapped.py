"""Texts that people would see and that no translator ever would: not wrapped in `_()`, `{% translate %}` or their like.

A heuristic with few false alarms, not a proof: text between tags and in attributes that are read out, sentences in
string literals of JavaScript, and sentences of refusals.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from tests.site.messages import LITERAL

READ_OUT = r"\b(?:aria-label|aria-description|title|placeholder|alt|data-key-words)"
ATTRIBUTE = re.compile(rf'{READ_OUT}="([^"]*)"')
# The last: an attribute that a template's block puts into a tag.
NOT_READ = re.compile(r"<(script|style|svg|code|kbd)\b.*?</\1>|<!--.*?-->|<[^>]*>|[\w-]+=\"[^\"]*\"", re.DOTALL)
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
WRAPPED = re.compile(rf"(?<![\w.])_n?\(\s*{LITERAL}(?:,\s*{LITERAL})?")
# At least two words with a capital in front: a sentence, and no selector, key or address.
SENTENCE = re.compile(r'"([A-Z][a-z]+ [a-z]+[^"\\\n]*)"')
# What the project and things are called in every language.
NAMES = {"socialhub", "QR", "CSV", "JSON", "Markdown", "Ctrl"}


def words_in(markup: str) -> Iterator[str]:
    """Words that a person would read in HTML; what is filled in stands there as `\\0`."""
    for text in (*ATTRIBUTE.findall(markup), *NOT_READ.sub("\0", markup).split("\0")):
        plain = ENTITY.sub(" ", text.replace("\0", " "))
        if set(WORD.findall(plain)) - NAMES:
            yield " ".join(plain.split())


def in_template(source: str) -> list[str]:
    parts, is_wrapped = [], False
    for token in Lexer(source).tokenize():
        match token.token_type, token.contents.split()[:1]:
            case TokenType.BLOCK, ["blocktranslate" | "blocktrans" | "comment"]:
                is_wrapped = True
            case TokenType.BLOCK, ["endblocktranslate" | "endblocktrans" | "endcomment"]:
                is_wrapped = False
            case TokenType.TEXT, _first if not is_wrapped:
                parts.append(token.contents)
            case TokenType.VAR | TokenType.BLOCK, _first:
                parts.append("\0" if token.token_type is TokenType.VAR else "")
    return list(words_in("".join(parts)))


def in_script(source: str) -> list[str]:
    source = COMMENT.sub("", source)
    found = [word for markup in templates(source) for word in words_in(markup)]
    return list(dict.fromkeys([*found, *SENTENCE.findall(WRAPPED.sub("", source))]))


def templates(source: str) -> Iterator[str]:
    """The static text of each html`` template, with `\\0` for each `${}`; those inside the braces are of their own."""
    stack: list[tuple[str, list[str]]] = []  # ("html" | "`" | "{", text so far)
    at = 0
    while at < len(source):
        inside = stack[-1][0] if stack else ""
        sign = source[at]
        if inside in ("html", "`"):
            if sign == "\\":
                at += 1
            elif sign == "`":
                kind, text = stack.pop()
                if kind == "html":
                    yield "".join(text)
            elif source.startswith("${", at):
                stack[-1][1].append("\0")
                stack.append(("{", []))
                at += 1
            else:
                stack[-1][1].append(sign)
        elif sign in "\"'":
            literal = re.compile(rf"{sign}(?:[^{sign}\\\n]|\\.)*{sign}").match(source, at)
            at = literal.end() - 1 if literal else at
        elif sign == "`":
            stack.append(("html" if source.endswith("html", 0, at) else "`", []))
        elif sign == "{":
            stack.append(("{", []))
        elif sign == "}" and stack:
            stack.pop()
        at += 1


def in_python(source: str) -> list[str]:
    """Sentences of refusals that are plain or put together from pieces."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
            sentences = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "message")]
            found += [ast.unparse(one) for one in sentences if isinstance(one, ast.Constant | ast.JoinedStr)]
    return found


def unwrapped(path: Path) -> list[str]:
    text = path.read_text()
    return {".html": in_template, ".js": in_script, ".py": in_python}[path.suffix](text)
