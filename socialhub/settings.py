"""The settings of Django and of what it carries. What an installation may choose is read in `env.py`."""

from csp.constants import NONCE, NONE, SELF

from . import env

here = env.read()

BASE_DIR = env.BASE_DIR
VAR = here.var
DEBUG = here.debug
SECRET_KEY = here.secret_key
WORKERS = here.workers
REDIS_URL = here.redis_url
ORIGINS = here.origins
HTTPS = here.https
TRUSTED_PROXY = here.trusted_proxy
METRICS_TOKEN = here.metrics_token

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "apps.core",
    "apps.live",
    "apps.events",
    "apps.matching",
    "apps.bowl",
    "apps.tips",
    "apps.farewell",
    "apps.pictures",
    "apps.crew",
    "apps.handover",
    "apps.screens",
    "apps.keepsake",
    "apps.community",
    "apps.rehearsal",
    "socialhub",
]
MIDDLEWARE = [
    "socialhub.doors.OnlyOurHosts",
    "django.middleware.security.SecurityMiddleware",
    "socialhub.static.StaticFiles",
    "socialhub.shorter.ShorterTexts",
    "csp.middleware.CSPMiddleware",
    "socialhub.doors.OnlyWhatWeNeed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "apps.events.sessions.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.screens.refusing.BusyDatabase",
]
ROOT_URLCONF = "socialhub.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "apps.core.pages.Pages",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# --- Storage. The threads of requests stay (`seats.py`): so does SQLite's connection; Postgres has a pool.

SQLITE = {
    "ENGINE": "apps.core.sqlite3",
    "CONN_MAX_AGE": None,
    "NAME": VAR / "socialhub.sqlite3",
    "OPTIONS": {
        # A transaction that means to write says so at its start: otherwise two that read first lock each other out.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # What somebody deletes is overwritten, not merely unlinked (secure_delete).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON",
    },
    # A file like the real one: SQLite in memory locks otherwise.
    "TEST": {"NAME": VAR / "tests.sqlite3"},
}
POSTGRES = (here.database or {}) | {
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 10}},
}
DATABASES = {"default": SQLITE if here.is_embedded else POSTGRES}

# --- Pictures: only what was drawn anew is written, and a checked view reads it; there is no address of the files.

MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Above every limit of ours: what arrives stays in memory, and an original never touches the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# --- Doors: who may talk to us, and what a page of ours may do. More in `doors.py`.

ALLOWED_HOSTS = here.hosts or ["*"]
DEVICE_COOKIE = "device"
SESSION_COOKIE_NAME = "crew"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.screens.refusing.csrf_failure"
CSRF_TRUSTED_ORIGINS = here.origins
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = here.https
if here.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # A load balancer asks for these over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Whether the neighbours of this host are on HTTPS as well is not ours to promise (subdomains, preload list).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "sesame.backends.ModelBackend"]
SESAME_ONE_TIME = True
SESAME_MAX_AGE = 24 * 3600
# A link that lies in a mailbox which is no longer the account's opens nothing.
SESAME_INVALIDATE_ON_EMAIL_CHANGE = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {}),
        ("CommonPasswordValidator", {}),
    )
]

# --- Mail: invitations and sign-in links. Alone, without EMAIL_URL, they are printed to the terminal.

CAN_MAIL = here.mail is not None or here.is_embedded
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if here.mail else 'console' if CAN_MAIL else 'dummy'}.EmailBackend"
globals().update(here.mail or {})
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = here.mail_from

# --- The API

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "apps.core.api.answer_exception",
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "TITLE": "socialhub",
    "DESCRIPTION": "Live community socials. Writes are requests here; what follows comes down the live socket.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Of tips and pictures alike.
    "ENUM_NAME_OVERRIDES": {"DecisionVerb": "apps.pictures.serializers.VERBS"},
}

# --- Words and time. An event has its own time zone; the server thinks in UTC.

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# What somebody chose at /language/; until then an event's own language and the browser's decide.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = here.https
# Each in its own words, as it is offered.
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("pt", "Português"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["socialhub.formats"]

# --- Static files: hashed names and brotli, all made by collectstatic

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "apps.screens.finder.JoinedFinder",
]
HASHED = "socialhub.static.Hashed"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": here.media_storage or {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN if DEBUG else HASHED},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# No other site has a use for them, and a header is bytes of every file of a first load.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- The log: one JSON object a line, without addresses, tokens or names

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "socialhub.log.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": here.log_level},
    "loggers": {
        "django": {"level": here.log_level, "handlers": [], "propagate": True},
        # Each refused request would be a line, and a line has the path, which may be a token.
        "django.request": {"level": "ERROR"},
        "django.channels.server": {"level": "ERROR"},
        "daphne": {"level": "WARNING"},
        "twisted": {"level": "WARNING"},
    },
}
