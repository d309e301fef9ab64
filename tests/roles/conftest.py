"""The world of the tables, made once; every question is undone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator

from apps.core import clock
from apps.events.programme import parse
from apps.pictures import api
from tests.events.conftest import FOUNDING, Clock

from .world import World, redrawn, world


@pytest.fixture(scope="module")
def prepared(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    hand = Clock()
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock(), transaction.atomic():
        patched.setattr(clock, "now", hand)
        # A child process draws each; here they are all the same one.
        patched.setattr(api, "redraw", lambda _data: redrawn())
        # The schema is one for everybody, and takes half a second to write.
        patched.setattr(SchemaGenerator, "get_schema", written_once(SchemaGenerator.get_schema))
        patched.setattr(settings, "MEDIA_ROOT", Path(tmp_path_factory.mktemp("media")))
        yield world(parse(FOUNDING.read_bytes()), hand)
        transaction.set_rollback(True)


def written_once(write: Callable[..., Any]) -> Callable[..., Any]:
    written: list[Any] = []

    def schema(*about: Any, **more: Any) -> Any:
        written[:] = written or [write(*about, **more)]
        return written[0]

    return schema
