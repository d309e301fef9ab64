"""What the surroundings say: every environment variable, read and checked once. Nonsense is refused in a sentence."""

import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from environs import Env, EnvError, validate

BASE_DIR = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 50
SHORTEST_TOKEN = 20
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Surroundings:
    """The settings of one installation. An empty one is the embedded set-up: one process, SQLite, no Redis."""

    debug: bool
    https: bool
    workers: int
    var: Path
    media_storage: dict[str, Any] | None
    hosts: list[str]
    origins: list[str]
    trusted_proxy: list[ipaddress.IPv4Network | ipaddress.IPv6Network]
    metrics_token: str
    mail: dict[str, Any] | None
    mail_from: str
    database: dict[str, Any] | None
    redis_url: str
    secret_key: str
    log_level: str

    @property
    def is_embedded(self) -> bool:
        return self.database is None


def read() -> Surroundings:
    """Refuses with `ImproperlyConfigured`: one sentence that names the variable."""
    env = Env()
    try:
        database = env.dj_db_url("DATABASE_URL") if env.str("DATABASE_URL", "") else None
        var = env.path("VAR", BASE_DIR / "var")
        origins = [_origin(origin) for origin in env.list("ORIGINS", [], subcast=str)]
        mail = _mail(env.str("EMAIL_URL", ""), origins)
        return Surroundings(
            debug=env.bool("DEBUG", False),
            https=env.bool("HTTPS", False),
            workers=env.int("WORKERS", 1, validate=validate.Range(1, 64)),
            var=var,
            media_storage=_media_storage(env.json("MEDIA_STORAGE", None)),
            hosts=[_host(host) for host in env.list("HOSTS", [], subcast=str)],
            origins=origins,
            trusted_proxy=[_network(network) for network in env.list("TRUSTED_PROXY", [], subcast=str)],
            metrics_token=_metrics_token(env.str("METRICS_TOKEN", "")),
            mail=mail,
            mail_from=_mail_from(env.str("EMAIL_FROM", ""), is_needed=mail is not None),
            database=_postgres(database),
            redis_url=_redis(env.str("REDIS_URL", "")),
            secret_key=_secret_key(env.str("SECRET_KEY", ""), var, must_be_given=database is not None),
            log_level=env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LOG_LEVELS)),
        )
    except EnvError as error:
        raise ImproperlyConfigured(f"{error}") from None
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None


def _host(host: str) -> str:
    if not host or "/" in host or ":" in host or host == "*":
        raise ImproperlyConfigured(
            f"HOSTS has {host!r}: give plain names such as social.example.org, separated by commas."
        )
    return host.lower()


def _origin(origin: str) -> str:
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
        raise ImproperlyConfigured(f"ORIGINS has {origin!r}: give full origins such as https://social.example.org.")
    return origin.lower()


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXY has {text!r}: give addresses or networks such as 172.28.0.0/24, separated by commas."
        ) from None


def _metrics_token(given: str) -> str:
    if given and len(given) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"METRICS_TOKEN must have at least {SHORTEST_TOKEN} characters.")
    return given


def _mail(url: str, origins: list[str]) -> dict[str, Any] | None:
    """As Django's settings have it."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ImproperlyConfigured("EMAIL_URL must be like smtp://USER:PASSWORD@HOST:587 or smtps://…:465.")
    if not origins:
        # Else whoever asks for a sign-in link could choose the site that it leads to.
        raise ImproperlyConfigured("EMAIL_URL needs ORIGINS: mails have links to the first of them.")
    is_tls = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls,
    }


def _mail_from(given: str, *, is_needed: bool) -> str:
    if is_needed and "@" not in given:
        raise ImproperlyConfigured("EMAIL_FROM must be set when EMAIL_URL is: the address that mails come from.")
    return given or "socialhub@localhost"


def _postgres(database: dict[str, Any] | None) -> dict[str, Any] | None:
    if database is not None and database.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://; leave it out to use SQLite in VAR.")
    return database


def _media_storage(given: Any) -> dict[str, Any] | None:
    """As Django's STORAGES has it: a dotted name and its options."""
    if given is None:
        return None
    if (
        not isinstance(given, dict)
        or not isinstance(given.get("BACKEND"), str)
        or given.keys() - {"BACKEND", "OPTIONS"}
    ):
        raise ImproperlyConfigured(
            'MEDIA_STORAGE must be JSON such as {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {…}}.'
        )
    try:
        import_string(given["BACKEND"])
    except ImportError:
        raise ImproperlyConfigured(f"MEDIA_STORAGE: {given['BACKEND']} is not installed here.") from None
    return given


def _redis(url: str) -> str:
    if url and urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
    return url


def _secret_key(given: str, var: Path, *, must_be_given: bool) -> str:
    """The key given; in the embedded set-up, one made up on the first start and kept in VAR."""
    if given:
        if len(given) < SHORTEST_SECRET:
            raise ImproperlyConfigured(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
        return given
    if must_be_given:
        raise ImproperlyConfigured("SECRET_KEY must be set when DATABASE_URL is: every process needs the same one.")
    file = var / "secret_key"
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"VAR: {var} cannot be made: {error.strerror}.") from None
    try:
        # Two first starts at once must end with one key: only one of them may create the file.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(SHORTEST_SECRET))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"VAR: {file} cannot be written: {error.strerror}.") from None
    return file.read_text() or _secret_key("", var, must_be_given=False)
