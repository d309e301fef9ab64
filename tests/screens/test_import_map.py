"""Modules import each other by plain addresses; the page's map leads to hashed ones, which may be kept for ever."""

import json
import re
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import override_settings

from apps.events import stage
from apps.screens import modules
from tests.events.conftest import Social

MAP = re.compile(r'<script type="importmap" nonce="([^"]+)">(.*?)</script>')
PLAIN = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture
def page(db: None, browser: Any, social: Social) -> Any:
    return browser().get(stage.address(social.event))


def test_the_map_has_the_nonce_of_the_policy(page: Any) -> None:
    nonce, body = MAP.search(page.content.decode()).groups()
    assert f"'nonce-{nonce}'" in page["Content-Security-Policy"]
    assert sorted(json.loads(body)) == ["imports"]


def test_the_map_stands_before_the_first_module(page: Any) -> None:
    """A map that comes after a module or its preload is ignored by browsers of not long ago."""
    text = page.content.decode()
    assert text.index("importmap") < text.index("modulepreload") < text.index('type="module"')


def test_every_module_is_in_the_map_under_a_name_that_exists(page: Any) -> None:
    imports = json.loads(MAP.search(page.content.decode())[2])["imports"]
    for plain in ("live", "documents", "outbox", "clock", "api", "words", "kinds", "page", "console", "console/timing"):
        assert f"/static/screens/{plain}.js" in imports
    for plain, hashed in imports.items():
        name = hashed.removeprefix(settings.STATIC_URL)
        assert staticfiles_storage.exists(name), f"{plain} leads to {hashed}, which is not there"
        assert re.search(r"\.[0-9a-f]{12}\.(js|css|py)$", hashed)


def test_every_import_of_every_module_resolves_through_the_map(page: Any) -> None:
    """As a browser resolves: relative to the plain address of the importing module."""
    imports = json.loads(MAP.search(page.content.decode())[2])["imports"]
    root = Path(modules.__file__).parent / "static"
    seen = 0
    for file in root.rglob("*.js"):
        folder = PurePosixPath(settings.STATIC_URL) / PurePosixPath(file.relative_to(root).as_posix()).parent
        for wanted in re.findall(r'^(?:import|export)[^;]*? from "(\.[^"]+)";', file.read_text(), re.MULTILINE):
            parts: list[str] = []
            for part in (folder / wanted).parts:
                parts[:] = parts[:-1] if part == ".." else [*parts, part]
            assert "/" + "/".join(parts[1:]) in imports, f"{file.name} imports {wanted}"
            seen += 1
    assert seen > 50


def test_an_activitys_own_modules_are_in_the_map_and_those_of_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "our_folders", lambda: {"screens", "poll"})
    hashed = {"poll/poll.js": "poll/poll.0123456789ab.js", "poll/bars.js": "poll/bars.0123456789ab.js"}
    others = {"rest_framework/x.js": "rest_framework/x.0123456789ab.js", "poll/poll.css": "poll/poll.0123456789ab.css"}
    found = staticfiles_storage.hashed_files | hashed | others
    monkeypatch.setattr(modules, "staticfiles_storage", SimpleNamespace(hashed_files=found, base_url="/static/"))
    entries = modules.entries()
    assert entries["/static/poll/poll.js"] == "/static/poll/poll.0123456789ab.js"
    assert entries["/static/poll/bars.js"] == "/static/poll/bars.0123456789ab.js"
    assert not [address for address in entries if "rest_framework" in address]


@override_settings(STORAGES=PLAIN)
def test_a_development_server_needs_no_map(db: None, browser: Any, social: Social) -> None:
    response = browser().get(stage.address(social.event))
    assert response.status_code == 200
    assert "importmap" not in response.content.decode()
