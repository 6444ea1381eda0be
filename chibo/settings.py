"""The one settings file. Tests, development and production differ by environment variables only."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from chibo.platform.database import connection_settings
from chibo.platform.places import chibo_home

BASE_DIR = Path(__file__).resolve().parent


class BadSetting(ValueError):
    """An environment variable that cannot be read; the message says what is allowed."""


def env_bool(name: str, default: bool) -> bool:
    """`1/0`, `true/false`, `yes/no`; anything else is refused loudly."""
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given not in {"1", "0", "true", "false", "yes", "no"}:
        raise BadSetting(f"{name}={given!r}: write 1 or 0")
    return given in {"1", "true", "yes"}


def env_list(name: str, default: list[str]) -> list[str]:
    """Comma separated words."""
    given = os.environ.get(name, "")
    return [word.strip() for word in given.split(",") if word.strip()] or default


def secret_key() -> str:
    """The signing key of this installation: made once, readable by its owner only."""
    if given := os.environ.get("CHIBO_SECRET_KEY"):
        return given
    place = chibo_home() / "secret-key"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, place)  # the first of two starters wins, whole
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text()


TESTING = "pytest" in sys.modules
DEBUG = env_bool("CHIBO_DEBUG", False)
SECRET_KEY = "for tests only, never served" if TESTING else secret_key()
SECURE_OVER_TLS = env_bool("CHIBO_TLS", False)
ALLOWED_HOSTS = env_list("CHIBO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "chibo.ledger",
    "chibo.access",
    "chibo.organisation",
    "chibo.figures",
    "chibo.membership",
    "chibo.cadres",
    "chibo.meetings",
    "chibo.returns",
    "chibo.directives",
    "chibo.targets",
    "chibo.issues",
    "chibo.reorganisation",
    "chibo.reports",
    "chibo.exchange",
    "chibo.front",
    "chibo.demo",
]

MIDDLEWARE = [
    "chibo.front.traces.TraceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A sheet of 40 kB is 8 kB to a phone in the hills. Guessing secrets from lengths (BREACH) needs requests of another
    # site with our cookie, which is SameSite, and a secret that stays the same, which the form token does not.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "chibo.access.http.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chibo.front.middleware.PrivatePagesMiddleware",
    "chibo.front.middleware.ActorMiddleware",
]

ROOT_URLCONF = "chibo.front.urls"
WSGI_APPLICATION = "chibo.front.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "chibo.front.shell.shell",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

DATABASES = {"default": connection_settings(os.environ.get("CHIBO_DB_ROLE", "app"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
SESSION_ENGINE = "chibo.access.session_store"
SESSION_COOKIE_NAME = "__Host-chibo" if SECURE_OVER_TLS else "chibo"
CSRF_COOKIE_NAME = "__Host-chibo-form" if SECURE_OVER_TLS else "chibo-form"
CSRF_COOKIE_HTTPONLY = True  # the page's script takes the token from the form
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_OVER_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # an absolute limit: one long office day
CSRF_FAILURE_VIEW = "chibo.front.refusals.csrf_refused"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_HANDLERS = [
    "chibo.access.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024  # a file of 10 MB and the form around it; more is let go by
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "vi"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/tinh/"
# The user guide: in docs of a clone, inside the package of a bundle (packaging/bundle.py).
_HERE = Path(__file__).resolve().parent
CHIBO_GUIDE = next(
    (p for p in (_HERE.parent / "docs" / "huong-dan", _HERE / "front" / "huong_dan") if p.is_dir()), None
)
STATICFILES_DIRS = [("huong-dan", CHIBO_GUIDE / "hinh")] if CHIBO_GUIDE else []
STATIC_ROOT = Path(os.environ.get("CHIBO_STATIC", chibo_home() / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "chibo.front.storage.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_ROOT = Path(__file__).parent / "front" / "root"  # favicon.ico, asked for by browsers that were told none

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "chibo.platform.logs.Quiet"}},
    "filters": {"traced": {"()": "chibo.platform.logs.Traced"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "quiet", "filters": ["traced"]}},
    "root": {"handlers": ["err"], "level": "WARNING"},
    # a refusal is an answer, not an incident; its address could carry a person's id
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "chibo": {"level": "INFO"},
    },
}

# The one list of what each room offers to the roof (decision 17).
CHIBO_FIGURES = [
    "chibo.figures.units.FIGURES",
    "chibo.figures.localities.FIGURES",
    "chibo.figures.clearing.FIGURES",
    "chibo.membership.figures.FIGURES",
    "chibo.cadres.figures.FIGURES",
    "chibo.meetings.figures.FIGURES",
    "chibo.returns.figures.FIGURES",
    "chibo.directives.figures.FIGURES",
    "chibo.targets.figures.FIGURES",
    "chibo.issues.figures.FIGURES",
    "chibo.reorganisation.figures.FIGURES",
]
CHIBO_FIGURES_TYPED = {"returns.": "chibo.returns.figures.typed"}  # by the first word of their codes
CHIBO_OWED = [
    "chibo.meetings.owed.owed",
    "chibo.meetings.owed_care.owed",
    "chibo.meetings.owed_after.owed",
    "chibo.meetings.owed_year.owed",
    "chibo.directives.owed.owed",
    "chibo.returns.owed.owed",
    "chibo.targets.owed.owed",
    "chibo.issues.owed.owed",
    "chibo.reports.owed.owed",
    "chibo.front.keeper.owed",
    "chibo.front.beginning.owed",
    "chibo.front.villages.owed",
    "chibo.front.requests.owed",
]
CHIBO_FOCAL = ["chibo.issues.focal.focal"]  # what may be the focal item of a meeting, besides its tasks
CHIBO_CHECKS = [
    "chibo.meetings.checks.checks",
    "chibo.meetings.checks.scan_checks",
    "chibo.reports.checks.checks",
    "chibo.organisation.checks.checks",
    "chibo.figures.checks.checks",
    "chibo.ledger.attachments.storing.checks",
    "chibo.membership.checks.checks",
    "chibo.reorganisation.checks.checks",
]
CHIBO_TALLIED = {"meetings.": "meetings_tallied"}  # what the sums kept are sums of: the view of each room's facts
CHIBO_TICKS = [
    "chibo.access.operations.forget_readings",
    "chibo.membership.today.tick",
    "chibo.meetings.calendar.tick",
    "chibo.figures.tallies.tick",
    "chibo.exchange.operations.forget",
]
