"""Nonsense in the surroundings ends the start with a sentence that names the variable."""

import json
import stat
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured

from socialhub import env

SECRET = "s" * env.SHORTEST_SECRET
POSTGRES = "postgresql://hub@127.0.0.1/hub"
NONSENSE = {
    "DEBUG": "perhaps",
    "HTTPS": "on the weekend",
    "WORKERS": "0",
    "HOSTS": "https://social.example.org",
    "ORIGINS": "social.example.org",
    "DATABASE_URL": "mysql://hub@127.0.0.1/hub",
    "REDIS_URL": "http://127.0.0.1:6379",
    "TRUSTED_PROXY": "everybody",
    "METRICS_TOKEN": "short",
    "EMAIL_URL": "mail.example.org",
    "SECRET_KEY": "short",
    "LOG_LEVEL": "LOUD",
    "MEDIA_STORAGE": '{"BACKEND": "storages.backends.of_nobody.Storage"}',
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*NONSENSE, "EMAIL_FROM", "PORT", "HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(tmp_path))


def test_empty_surroundings_are_the_embedded_set_up(tmp_path: Path) -> None:
    found = env.read()
    assert (found.is_embedded, found.workers, found.redis_url, found.hosts, found.origins) == (True, 1, "", [], [])
    assert (found.debug, found.https, found.var, found.log_level) == (False, False, tmp_path, "INFO")


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, NONSENSE[name])
    with pytest.raises(ImproperlyConfigured, match=name):
        env.read()


@pytest.mark.parametrize("storage", ["a folder", "[]", "{}", '{"BACKEND": 5}', '{"BACKEND": "x.Y", "BUCKET": "b"}'])
def test_half_a_storage_is_refused(monkeypatch: pytest.MonkeyPatch, storage: str) -> None:
    monkeypatch.setenv("MEDIA_STORAGE", storage)
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE"):
        env.read()


def test_mail_leads_to_the_site_s_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.read().mail is None
    monkeypatch.setenv("EMAIL_URL", "smtp://hub:a%20secret@mail.example.org")
    with pytest.raises(ImproperlyConfigured, match="ORIGINS"):
        env.read()
    monkeypatch.setenv("ORIGINS", "https://social.example.org")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_FROM"):
        env.read()
    monkeypatch.setenv("EMAIL_FROM", "hub@example.org")
    assert env.read().mail == {
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "hub",
        "EMAIL_HOST_PASSWORD": "a secret",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }


def test_any_storage_of_django_may_keep_the_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"location": "x"}}
    monkeypatch.setenv("MEDIA_STORAGE", json.dumps(memory))
    assert env.read().media_storage == memory


@pytest.mark.parametrize(
    "origin",
    ["https://social.example.org/", "ftp://social.example.org", "https://", "//social.example.org", "*", "null"],
)
def test_half_an_origin_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("ORIGINS", origin)
    with pytest.raises(ImproperlyConfigured, match="full origins"):
        env.read()


@pytest.mark.parametrize("host", ["*", "a/b", "social.example.org:8000"])
def test_what_is_no_name_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HOSTS", host)
    with pytest.raises(ImproperlyConfigured, match="plain names"):
        env.read()


def test_the_large_set_up_brings_its_own_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", POSTGRES)
    with pytest.raises(ImproperlyConfigured, match="every process needs the same one"):
        env.read()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("SECRET_KEY", SECRET)
    found = env.read()
    assert (found.is_embedded, found.secret_key) == (False, SECRET)


def test_the_embedded_secret_is_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    first = env.read().secret_key
    assert len(first) >= env.SHORTEST_SECRET
    assert env.read().secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_many_first_starts_at_once_agree_on_one_secret() -> None:
    begin, keys = Barrier(8), list[str]()

    def start() -> None:
        begin.wait()
        keys.append(env.read().secret_key)

    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VAR", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="VAR"):
        env.read()


def test_every_variable_is_told_of() -> None:
    told = (env.BASE_DIR / "socialhub" / "SETTINGS.md").read_text()
    assert [name for name in (*NONSENSE, "VAR") if f"`{name}`" not in told] == []
