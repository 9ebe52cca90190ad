"""Everything that differs between machines comes from the environment (or a `.env` beside
manage.py), and what is missing outside DEBUG stops start-up with one line that names it."""

import os
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from js_asset import static_lazy

from thinktank import environment

BASE_DIR = environment.BASE_DIR
ENV = environment.load(os.environ)


def _flag(name: str) -> bool:
    return ENV.get(name, "").lower() in {"1", "true", "yes", "on"}


def _read[T](name: str, default: str, read: Callable[[str], T]) -> T:
    """The value of `name` as `read` makes it; where it cannot, one line that says why."""
    try:
        return read(ENV.get(name) or default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} {error}.") from error


def _required[T](name: str, default: str, read: Callable[[str], T]) -> T:
    """`default` stands in only where DEBUG is on."""
    if not (DEBUG or ENV.get(name)):
        raise ImproperlyConfigured(f"{name} must be set in the environment when DEBUG is off.")
    return _read(name, default, read)


DEBUG = _flag("DEBUG")
SECRET_KEY = _required(
    "SECRET_KEY", "only-for-development-" + "0" * 40, str if DEBUG else environment.secret_key
)
ALLOWED_HOSTS = _required("ALLOWED_HOSTS", "*", environment.hosts)
SITE_URL = _required("SITE_URL", "http://localhost:8000", environment.site_url)
HTTPS = SITE_URL.startswith("https://")
if not DEBUG and not HTTPS:
    raise ImproperlyConfigured("SITE_URL must start with https:// when DEBUG is off.")

INSTALLED_APPS = [
    "briefs",
    "django_prose_editor",
    "taggit",
    "reversion",
    "briefs.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "briefs.views.probes.answer_probes",
    "briefs.views.limits.refuse_large_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "briefs.views.outage.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "briefs.views.public.answer_unknown_addresses",
]

ROOT_URLCONF = "thinktank.urls"
WSGI_APPLICATION = "thinktank.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": _required(
        "DATABASE_URL", "sqlite:///db.sqlite3", partial(environment.database, in_memory=DEBUG)
    )
}

AUTH_USER_MODEL = "briefs.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "thinktank.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / (ENV.get("STATIC_ROOT") or "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = BASE_DIR / (ENV.get("MEDIA_ROOT") or "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "thinktank.static.HashedFiles"
    },
}

# Only the editor's side: the body is cleaned by `briefs.prose`, so nothing is allowed here.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [
            static_lazy(f"js/desk/{name}.js")
            for name in (
                *("notes", "stored", "pictures", "picture-files", "tables", "table-bar"),
                *("table-caption", "direction", "paste"),
            )
        ],
        "extensions": dict.fromkeys(
            (
                *("Note", "Picture", "PictureCaption", "Kept", "Tongue", "PullQuote"),
                *("PictureFiles", "TableBar", "StoredForm", "Direction", "Paste"),
            ),
            lambda _config, _allowed: None,
        ),
    }
]

# Seconds for which caches may keep what a verb can change or take away, feeds and sitemaps too: also
# the longest time that a withdrawn text, or a 301 to an address that has moved on, outlives the verb.
PUBLIC_MAX_AGE = 60

# Uploads: a manuscript is a few hundred kilobytes, a body at most a few megabytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
MANUSCRIPT_MAX_BYTES = 20 * 1024 * 1024
IMAGE_MAX_BYTES = 10 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

MAILERS = {
    "default": _read("EMAIL_URL", "console:" if DEBUG else "smtp://localhost", environment.mailer)
}
# One stream for whoever reads the journal; refused hosts and missing pages are no news.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING", "propagate": True},
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "fontTools": {"level": "ERROR"},
    },
}
TAGGIT_CASE_INSENSITIVE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
