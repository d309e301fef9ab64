"""The files of pictures in Django's default storage; their rows say which of them are still meant to be there."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apps.core import clock
from apps.core.reencoding import Redrawn

from .models import FOLDER, Picture, random_name

log = logging.getLogger(__name__)

# A picture's files are written before its row is: younger ones may be about to get theirs.
ORPHANED = timedelta(hours=1)


def store(redrawn: Redrawn) -> dict[str, str]:
    """Write both sizes; returns their names by size. Nothing points at them yet."""
    names: dict[str, str] = {}
    try:
        for size, data in redrawn.sizes.items():
            names[size] = default_storage.save(random_name(Picture(), ""), ContentFile(data))
    except BaseException:
        remove(names.values())
        raise
    return names


def remove(names: Iterable[str]) -> None:
    """A file that cannot be removed now is an orphan, and found again by `remove_orphans`."""
    for name in filter(None, names):
        try:
            default_storage.delete(name)
        except Exception as error:
            log.error("a picture's file could not be removed and will be tried again: %s", type(error).__name__)


def remove_after_commit(pictures: Iterable[Picture]) -> None:
    """The files of these pictures go when the transaction that drops them has been committed."""
    names = [name for picture in pictures for name in (picture.large.name, picture.small.name) if name]
    transaction.on_commit(partial(remove, names), robust=True)


def remove_orphans() -> int:
    """Remove files that no picture names; returns how many. For the daily job."""
    if not default_storage.exists(FOLDER):
        return 0
    _folders, found = default_storage.listdir(FOLDER)
    kept = {name for pair in Picture.objects.values_list("large", "small") for name in pair}
    before = clock.now() - ORPHANED
    orphans = [
        name
        for name in (f"{FOLDER}/{file}" for file in found)
        if name not in kept and default_storage.get_modified_time(name) < before
    ]
    remove(orphans)
    return len(orphans)
