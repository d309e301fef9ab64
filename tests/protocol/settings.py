"""The live core with nothing above it: what it needs of a site, and the proof that it needs no more."""

import os

import dj_database_url

SECRET_KEY = "only for the tests of the protocol, which are not reachable from outside"
INSTALLED_APPS = ["django.contrib.contenttypes", "apps.core", "apps.live"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEVICE_COOKIE = "device"
REDIS_URL = os.environ.get("REDIS_URL", "")
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
