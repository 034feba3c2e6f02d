"""Django settings, read from the typed list in `config.env`.

Embedded or scaled out is not a mode: it follows from the addresses given (database, mail, clock).
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from summitry.config import env

PACKAGE = Path(__file__).resolve().parents[1]
TESTING = "pytest" in sys.modules
DATA = Path(tempfile.gettempdir()) / f"summitry-tests-{os.getpid()}" if TESTING else env.data_folder()
DEBUG = env.flag("SUMMITRY_DEBUG")


def _secret_key() -> str:
    configured = env.value("SUMMITRY_SECRET_KEY")
    if configured:
        return configured
    if TESTING:
        return "tests-only"
    path = DATA / "secret-key"
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise env.SettingRefused(
            f"The data folder {DATA} cannot be written ({error.strerror}). Set SUMMITRY_DATA."
        ) from error
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()

# --- Address ---------------------------------------------------------------------------------------------------
BASE_URL = env.address("SUMMITRY_URL", "http://127.0.0.1:8000", "http", "https").rstrip("/")
_address = urlsplit(BASE_URL)
_secure = _address.scheme == "https"
ALLOWED_HOSTS = [
    host
    for host in (
        "localhost",
        "127.0.0.1",
        "[::1]",
        _address.hostname,
        *env.value("SUMMITRY_HOSTS").split(","),
    )
    if host
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _secure else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = env.number("SUMMITRY_TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Rooms -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "summitry.foundation",
    "summitry.directory",
    "summitry.editions",
    "summitry.mailing",
    "summitry.translation",
    "summitry.guests",
    "summitry.gates",
    "summitry.protocol",
    "summitry.programme",
    "summitry.calls",
    "summitry.live",
    "summitry.insight",
    "summitry.site",
    "summitry.rehearsal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "summitry.foundation.web.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "summitry.config.api_door.ApiDoorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "summitry.foundation.web.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "summitry.config.urls"
ASGI_APPLICATION = "summitry.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "summitry.foundation.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.tz",
                "summitry.foundation.templatetags.summitry",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# --- Database --------------------------------------------------------------------------------------------------
_database: dict[str, Any] = dict(
    dj_database_url.parse(
        env.address(
            "DATABASE_URL", f"sqlite:///{DATA / 'summitry.sqlite3'}", "sqlite", "postgres", "postgresql"
        ),
        conn_max_age=60,
    )
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Immediate transactions queue writers instead of failing them half-way; FULL survives a power cut.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Each thread has a connection. What SQLite would keep for each beyond this, the system keeps once for all.
        "cached_statements": 32,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-500; PRAGMA temp_store=MEMORY"
        ),
    }
    if TESTING:
        # A file, not memory: races and locks must be those of the real thing.
        DATA.mkdir(parents=True, exist_ok=True)
        _database["TEST"] = {"NAME": DATA / "tests.sqlite3"}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# --- Languages and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("zh-hans", _("Chinese (simplified)")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
CLOCK = env.moment("SUMMITRY_CLOCK")

# --- Accounts --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "summitry.foundation.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "summitry.foundation.accounts.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure
MFA_TOTP_ISSUER = "Summitry"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:my_summit"
LOGOUT_REDIRECT_URL = "site:home"
FORM_TARGETS: list[str] = []  # other origins that our forms may lead to
if env.value("SUMMITRY_OIDC_URL"):
    _provider = urlsplit(env.value("SUMMITRY_OIDC_URL"))
    FORM_TARGETS.append(f"{_provider.scheme}://{_provider.netloc}")
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.value("SUMMITRY_OIDC_NAME", "OpenID Connect"),
                    "client_id": env.value("SUMMITRY_OIDC_CLIENT_ID"),
                    "secret": env.value("SUMMITRY_OIDC_SECRET"),
                    "settings": {"server_url": env.value("SUMMITRY_OIDC_URL")},
                }
            ],
        }
    }

# --- Files and static assets -----------------------------------------------------------------------------------
MEDIA_ROOT = DATA / "files"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
if TESTING:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
UPLOAD_LIMIT = env.number("SUMMITRY_UPLOAD_MB", 50) * 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "summitry.foundation.web.hashed.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
# Looked for when asked for: a scan of all files costs every client of the tests anew.
WHITENOISE_AUTOREFRESH = TESTING or DEBUG

# --- Jobs ------------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
EMBEDDED_JOBS = env.choice("SUMMITRY_JOBS", "embedded", "none") == "embedded"

# --- Machine translation ---------------------------------------------------------------------------------------
MT_URL = env.address("SUMMITRY_MT_URL", "", "http", "https") if env.value("SUMMITRY_MT_URL") else ""
MT_KEY = env.value("SUMMITRY_MT_KEY")
APPLE_PASS_CERTIFICATE = env.value("SUMMITRY_APPLE_PASS_CERTIFICATE")
APPLE_PASS_AUTHORITY = env.value("SUMMITRY_APPLE_PASS_AUTHORITY")
APPLE_PASS_TYPE = env.value("SUMMITRY_APPLE_PASS_TYPE")
APPLE_PASS_TEAM = env.value("SUMMITRY_APPLE_PASS_TEAM")
GOOGLE_WALLET_KEY = env.value("SUMMITRY_GOOGLE_WALLET_KEY")
GOOGLE_WALLET_CLASS = env.value("SUMMITRY_GOOGLE_WALLET_CLASS")

# --- Live updates and webhooks ---------------------------------------------------------------------------------
BUS_URL = env.address("BUS_URL", "local:", "local", "nats", "tls")
WEBHOOK_TARGETS = env.choice("SUMMITRY_WEBHOOKS", "public", "any")

# --- Mail ------------------------------------------------------------------------------------------------------
_mail = urlsplit(env.address("SUMMITRY_MAIL_URL", "console:", "smtp", "console", "folder"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.value("SUMMITRY_MAIL_FROM", "Summitry <summitry@localhost>")
MAIL_BOUNCES = env.value("SUMMITRY_MAIL_BOUNCES")
MAIL_PER_MINUTE = max(1, env.number("SUMMITRY_MAIL_PER_MINUTE", 120))
MAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
if _mail.scheme == "smtp":
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = parse_qs(_mail.query).get("tls") == ["1"]
    EMAIL_TIMEOUT = 30
elif _mail.scheme == "folder":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = _mail.path
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Logging ---------------------------------------------------------------------------------------------------
LOG_LEVEL = env.choice("SUMMITRY_LOG", "INFO", "DEBUG", "WARNING", "ERROR")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django_tasks_db": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # Anybody can send a foreign Host header; it is answered with 400, not with a trace in the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
