"""Static files: collected when something changed, and served as whole answers."""

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Of others' files only Swagger's page is shown, and nobody debugs it here.
LEFT_OUT = ["rest_framework/*", "drf_spectacular_sidecar/redoc/*", "*.map", "*.d.ts"]


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, but no streams: under ASGI, Django would read them to their end anyway, with a warning."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:  # type: ignore[override]
        answer = static_file.get_response(request.method, request.META)
        content = b""
        if answer.file is not None:
            with answer.file as file:
                content = file.read()
        response = HttpResponse(content, status=int(answer.status))
        del response["content-type"]
        for name, value in answer.headers:
            response[name] = value
        return response


class Hashed(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside stylesheets. Scripts keep their imports as written: each page brings an import map."""

    patterns = tuple(
        (files, tuple(rule for rule in rules if "sourceMapping" not in str(rule)))
        for files, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        # A hashed name never means another content: what is compressed stays so.
        return super().compress_files([path for path in paths if not Path(f"{self.path(path)}.br").exists()])


def collect() -> None:
    """`collectstatic`, unless the sources are what they were the last time: it compresses, which takes seconds.

    Older files stay: a server that still runs, and pages that are still open, know them by their hashed names.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root / ".sources"
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        now = digest_of_sources()
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=LEFT_OUT)
        stamp.write_text(now)


def digest_of_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(LEFT_OUT):
            digest.update(f"{path}\n".encode() + Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
