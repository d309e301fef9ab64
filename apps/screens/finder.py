"""Static files that are joined from others, for collectstatic and for a server that looks files up directly."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from apps.events.kinds import KINDS

from . import stylesheets, together


def joined() -> dict[str, Callable[[], str]]:
    """What makes the text of each joined file, by static path."""
    scripts = [kind.script for kind in KINDS.values() if kind.script]
    return {
        together.SHARED: together.shared,
        **{together.entry_address(path): partial(together.entry, path) for path in together.ENTRIES},
        together.kind_address(together.ME, "phone"): partial(together.kind, together.ME, "phone"),
        **{stylesheets.address(name): partial(stylesheets.joined, name) for name in stylesheets.SHEETS},
        **{
            together.kind_address(script, screen): partial(together.kind, script, screen)
            for script in scripts
            for screen in together.CARDS
        },
        **{
            together.kind_address(path, screen): partial(together.later, path, screen)
            for script in scripts
            for screen in together.CARDS
            for path in together.later_paths(script, screen)
        },
    }


class JoinedFinder(BaseFinder):
    """Writes them below VAR/joined when asked."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=Path(settings.VAR) / "joined")

    def check(self, **kwargs: object) -> list:
        return []

    def find(  # type: ignore[override]  # Django's own finders answer [] for "no"
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        if path not in joined():
            return []
        found = str(self._write(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in joined():
            self._write(path)
            yield path, self.storage

    def _write(self, path: str) -> Path:
        target = Path(self.storage.location) / path
        text = joined()[path]()
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return target
