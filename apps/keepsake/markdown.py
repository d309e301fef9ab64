"""A keepsake as Markdown (CommonMark 0.31). What people wrote stays what they wrote: no markup of theirs is one."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .sheet import Part, Picture, Sheet

# Any ASCII punctuation may be escaped by a backslash (CommonMark 2.4); these are the signs that mean something inline.
MEANINGFUL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
# What would make a line a list, a heading's underline, a rule or an indented block.
STARTING = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def text_of(sheet: Sheet) -> str:
    """The whole file; ends in one line feed."""
    return "\n".join(lines_of(sheet)).rstrip("\n") + "\n"


def lines_of(sheet: Sheet) -> Iterator[str]:
    yield f"# {escaped(sheet.title)}"
    yield ""
    day = sheet.day.isoformat() if sheet.day else ""
    for line in (sheet.subtitle, " ".join(part for part in (day, sheet.times) if part)):
        if line:
            yield from (escaped(line), "")
    if sheet.hosts:
        yield from (_("Hosted by {names}").format(names=escaped(", ".join(sheet.hosts))), "")
    yield from (f"## {_('Programme')}", "")
    for part in sheet.parts:
        yield f"- {part.time} {escaped(part.title)}" if part.time else f"- {escaped(part.title)}"
    yield ""
    for part in sheet.chapters:
        yield from chapter(part)
    if sheet.people:
        yield from (f"## {_('People you met')}", "")
        yield from (f"- {item(person.name)}: {item(person.line)}" for person in sheet.people)
        yield ""
    if sheet.pictures:
        yield from (f"## {_('Pictures')}", "")
        yield from (f"- {line_of(picture)}" for picture in sheet.pictures)


def chapter(part: Part) -> Iterator[str]:
    yield from (f"## {escaped(part.title)}", "")
    if part.headline:
        yield from (escaped(part.headline), "")
    if part.prompts:
        yield from (f"{place}. {item(prompt)}" for place, prompt in enumerate(part.prompts, start=1))
        yield ""
    if part.stories:
        yield from (f"- {signed(story.title, story.by)}" for story in part.stories)
        yield ""
    for theme in part.themes:
        if theme.name or len(part.themes) > 1:
            yield from (f"### {escaped(theme.name) if theme.name else _('More tips')}", "")
        yield from (f"- {signed(tip.text, tip.by)}" for tip in theme.tips)
        yield ""
    if part.links:
        yield from (f"- [{escaped(link.label)}](<{link.url}>)" for link in part.links)
        yield ""


def line_of(picture: Picture) -> str:
    return signed(picture.caption or _("A picture"), picture.by)


def signed(text: str, by: str | None) -> str:
    return f"{item(text)} — {item(by)}" if by else item(text)


def item(text: str) -> str:
    """Several lines inside one item of a list, of which none starts anything."""
    lines = [escaped(line) for line in text.split("\n") if line.strip()]
    return "\\\n  ".join(lines)


def escaped(text: str) -> str:
    """Text that CommonMark shows as it was typed."""
    lines = (STARTING.sub(starting, MEANINGFUL.sub(r"\\\g<0>", line.strip())) for line in text.split("\n"))
    return "\\\n".join(line for line in lines if line)


def starting(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign}\\" if sign.isdigit() else f"{found[1]}\\{sign}"
