"""All settings. This module alone reads the environment; `.env.example` explains each variable."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import storages, variables
from portal.supervisor import places
from portal.variables import understood

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
env = environ.Env()


def given(name: str, default: str = "") -> str:
    """A variable that is empty counts as unset."""
    return str(env(name, default="")) or default


CARREL_HOME = (BASE_DIR / given("CARREL_HOME", "var")).resolve()
PORT = understood("PORT", given("PORT", "8000"), variables.port)
PUBLIC_URL = understood(
    "PUBLIC_URL", given("PUBLIC_URL", f"http://127.0.0.1:{PORT}"), variables.site_address
)
_IS_HTTPS = PUBLIC_URL.startswith("https://")
# A portal that the world can reach shows its mails to nobody unless it is told to.
DEMO = understood("DEMO", given("DEMO", "0" if _IS_HTTPS else "1"), variables.truth)
DEBUG = False

# Secrets and hosts -----------------------------------------------------------------------------


def _secret_key() -> str:
    key = given("SECRET_KEY")
    stored = places.secret_key_file(CARREL_HOME)
    if not key and stored.exists():
        key = stored.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Put a long random text into the environment or .env "
            "(`python -c 'import secrets; print(secrets.token_urlsafe(50))'` prints one), "
            "or start with `make run`, which makes one."
        )
    return key


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS: list[str] = []
ALLOWED_HOSTS = given("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
if (_public_host := urlsplit(PUBLIC_URL).hostname) and _public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public_host)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Apps, from the ground up ----------------------------------------------------------------------

INSTALLED_APPS = [
    "lib",
    "audit",
    "outbox",
    "accounts",
    "institutions",
    "programmes",
    "reviews",
    "organizations",
    "quotas",
    "corpus",
    "queries",
    "applications",
    "research_api",
    "staff",
    "portal",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.orcid",
    "django_htmx",
    "django_structlog",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_countries",
    "staff.admin_config.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.RefusalMiddleware",
    "portal.middleware.SignInMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database, cache, broker -----------------------------------------------------------------------


def _database(url: str) -> dict[str, Any]:
    if urlsplit(url).scheme not in {"postgres", "postgresql"} or not urlsplit(url).path.strip("/"):
        raise ValueError(url)
    database: dict[str, Any] = environ.Env.db_url_config(url)
    return database


DATABASE_URL = given("DATABASE_URL", places.embedded_database_url(CARREL_HOME))
DATABASES = {"default": understood("DATABASE_URL", DATABASE_URL, _database)}
DATABASES["default"]["CONN_MAX_AGE"] = 300
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in limits must survive a broker that is down, so the cache lies in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    }
}

REDIS_URL = given("REDIS_URL", places.embedded_redis_url(CARREL_HOME))
CELERY_BROKER_URL = understood("REDIS_URL", REDIS_URL, variables.broker_address)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Two databases that share a broker never take each other's messages.
    "global_keyprefix": f"{DATABASES['default']['NAME']}:",
    # Longer than any task may run; a task that is delivered twice does no harm but costs work.
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "retry_on_timeout": False,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "dispatch due runs": {"task": "queries.tasks.dispatch_due_runs", "schedule": 5.0},
    "end runs without access": {
        "task": "queries.tasks.end_runs_without_access",
        "schedule": 30.0,
    },
    "free dead charges": {"task": "quotas.tasks.free_dead_charges", "schedule": 15.0},
    "send messages": {"task": "outbox.tasks.send_messages", "schedule": 30.0},
    "tell those who wait": {"task": "programmes.tasks.tell_interested", "schedule": 60.0},
    "forget those who waited": {"task": "programmes.tasks.forget_interests", "schedule": 3600.0},
    "ask ORCID again": {
        "task": "applications.tasks.gather_waiting_orcid",
        "schedule": 600.0,
    },
    "tell missed dates": {"task": "applications.tasks.tell_missed_dates", "schedule": 600.0},
    "find missing reviewers": {
        "task": "applications.tasks.find_missing_people",
        "schedule": 600.0,
    },
    "remind staff": {"task": "applications.tasks.remind_staff", "schedule": 3600.0},
    "close idle applications": {
        "task": "applications.tasks.close_idle_applications",
        "schedule": 3600.0,
    },
    "match accounts": {"task": "organizations.tasks.match_accounts", "schedule": 60.0},
    "scan attachments": {"task": "applications.tasks.scan_attachments", "schedule": 60.0},
    "find conflicts of interest": {
        "task": "applications.tasks.find_conflicts",
        "schedule": 300.0,
    },
    "seal the audit log": {"task": "audit.tasks.seal_entries", "schedule": 60.0},
    "forget expired searches": {
        "task": "queries.tasks.forget_searches",
        "schedule": 600.0,
    },
    "forget expired tokens": {
        "task": "organizations.tasks.forget_tokens",
        "schedule": 600.0,
    },
}

# People and sessions ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None
# Signing in with ORCID, where the operator registered this portal there: it proves an iD and never
# an address, so it makes no account.
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SocialAccountAdapter"
ORCID_CLIENT_ID = given("ORCID_CLIENT_ID")
_ORCID_DOMAIN = understood(
    "ORCID_URL", given("ORCID_URL", "https://orcid.org"), variables.orcid_domain
)
ORCID_API_URL = f"https://pub.{_ORCID_DOMAIN}"
_ORCID_APP = {"client_id": ORCID_CLIENT_ID, "secret": given("ORCID_CLIENT_SECRET")}
SOCIALACCOUNT_PROVIDERS = {
    "orcid": {"BASE_DOMAIN": _ORCID_DOMAIN, "APPS": [_ORCID_APP] if ORCID_CLIENT_ID else []}
}
# With HTTPS a reverse proxy stands in front, and names the reader's address; without this all
# readers would share the limits of one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _IS_HTTPS else 0

# Mail and files --------------------------------------------------------------------------------

# A mail server that does not answer must not hold a worker.
EMAIL_TIMEOUT = 30
EMAIL_URL = given("EMAIL_URL", "dummymail://" if DEMO else "consolemail://")
vars().update(understood("EMAIL_URL", EMAIL_URL, environ.Env.email_url_config))
DEFAULT_FROM_EMAIL = f"Carrel <no-reply@{urlsplit(PUBLIC_URL).hostname or 'localhost'}>"

STORAGE_URL = given("STORAGE_URL", f"file://{CARREL_HOME / 'files'}")
STORAGES = {
    "default": understood("STORAGE_URL", STORAGE_URL, storages.storage),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The scanner that looks at attachments; without it they are kept and shown as not scanned.
CLAMAV_URL = understood("CLAMAV_URL", given("CLAMAV_URL"), variables.scanner)
# Files are counted before they are read; each question's own limits are smaller still.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
STATIC_URL = "/static/"
STATIC_ROOT = CARREL_HOME / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist"),
]

# The fonts of PDF files come with the front-end packages; an operator may add some more.
PDF_FONTS = BASE_DIR / "node_modules"
PDF_OWN_FONTS = CARREL_HOME / "fonts"

# Corpus ----------------------------------------------------------------------------------------

CORPUS_URL = understood("CORPUS_URL", given("CORPUS_URL", "duckdb://"), variables.engine)

DUCKDB_THREADS = 2
DUCKDB_MEMORY_LIMIT = "1GB"

# Languages and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Safety ----------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _IS_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # The button that leads to ORCID is a form, and browsers hold its redirect to this list.
        "form-action": ["'self'", *([f"https://{_ORCID_DOMAIN}"] if ORCID_CLIENT_ID else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Logs ------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "portal.logs.formatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # It tells each step of cutting a font down to the letters of a file.
    "loggers": {"fontTools": {"level": "WARNING"}},
}
