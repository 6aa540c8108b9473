"""Django settings, read from the typed environment (config/env.py). The composition root knows every room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accounts.signin_settings import *  # noqa: F403  # allauth's many settings live beside the sign-in code
from config import env
from jobs.celery_settings import CELERY, SOFT_SHUTDOWN, on_agency_host

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = env.read()
PRODUCTION = ENV["CONCORD_PRODUCTION"] == "1"
DEMO = ENV["CONCORD_DEMO"] == "1"
DEBUG = ENV["CONCORD_DEBUG"] == "1"
STATE = BASE_DIR / ".local"
if PRODUCTION:
    CELERY = {**CELERY, "worker_soft_shutdown_timeout": SOFT_SHUTDOWN}

AGENCY_HOST = ENV["CONCORD_AGENCY_HOST"]
if AGENCY_HOST:
    CELERY = on_agency_host(AGENCY_HOST, CELERY)

SECRET_KEY = ENV["CONCORD_SECRET_KEY"] or "insecure-key-for-demo-and-tests-only-0123456789-0123456789"
BASE_URL = ENV["CONCORD_BASE_URL"].rstrip("/")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"] if not PRODUCTION else []
ALLOWED_HOSTS += [h for h in ENV["CONCORD_ALLOWED_HOSTS"].split(",") if h]
ALLOWED_HOSTS += [BASE_URL.split("://", 1)[-1].split("/")[0].rsplit(":", 1)[0]]
KEY_PROVIDER = ENV["CONCORD_KEY_PROVIDER"]
PUBLIC_KEY_DIR = env.folder(ENV["CONCORD_PUBLIC_KEY_DIR"], STATE / "public-keys")
PRIVATE_KEY_DIR = env.folder(ENV["CONCORD_PRIVATE_KEY_DIR"], STATE) if ENV["CONCORD_PRIVATE_KEY_DIR"] else None
KEY_DIR = env.folder(ENV["CONCORD_KEY_DIR"], STATE / "keys")
MEDIA_ROOT = env.folder(ENV["CONCORD_MEDIA_DIR"], STATE / "media")
OWN_SEALED_DIR = env.folder(ENV["CONCORD_OWN_SEALED_DIR"], STATE) if ENV["CONCORD_OWN_SEALED_DIR"] else None
SIMULATOR_URL = ENV["CONCORD_SIMULATOR_URL"]
TSA_URL, TSA_TRUST_DIR = ENV["CONCORD_TSA_URL"], ENV["CONCORD_TSA_TRUST_DIR"]
CARD_TRUST_DIR = ENV["CONCORD_CARD_TRUST_DIR"]
SIGNING_DEVICE = env.signing_device(ENV["CONCORD_SIGNING_DEVICE"])
TSA_POLICIES = [p for p in ENV["CONCORD_TSA_POLICIES"].split(",") if p]
RUN = ENV["CONCORD_RUN"]
RUNNER, RUNNER_PYTHON = ENV["CONCORD_RUNNER"], ENV["CONCORD_RUNNER_PYTHON"]
RUNNER_DIR = env.folder(ENV["CONCORD_RUNNER_DIR"], STATE / "runs")

DATABASES: dict[str, Any] = {"default": env.database(ENV["DATABASE_URL"])}
BROKER_URL, CACHE_URL = env.redis_urls(ENV["REDIS_URL"] or "redis://127.0.0.1:6379/0", ENV["CACHE_URL"])
CACHES = {
    # allauth counts sign-in attempts in the default cache: it is PostgreSQL, so wiping Redis lifts no limit (R18).
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # or a flood of addresses would push counters out
    },
    "fast": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "core", "accounts", "audit", "jobs", "notifications", "webhooks", "agencies", "developers", "agreements",
    "early_access", "evaluations", "clearinghouse", "transparency",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    *ROOMS,
    "config",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.WithSlash",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.CrossSite",
    "accounts.middleware.Authentication",
    "accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.once.OncePerForm",
    "config.middleware.ScopedTransaction",
    "accounts.middleware.OwnTimeZone",
    "accounts.signed_out.SignInRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorRequired",
    "config.middleware.Refusals",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_loaders = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
_cached: list[Any] = [("django.template.loaders.cached.Loader", _loaders)]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
            "builtins": ["core.templatetags.concord"],
            "loaders": _loaders if DEBUG else _cached,
        },
    }
]
FORM_RENDERER = "core.rendering.UswdsRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Grants are read through accounts.grants, which knows their end; guardian's backend does not, so it is left out on purpose.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None  # or guardian would make a person for "nobody"
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/inbox/"
LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "accounts.sessions"  # in PostgreSQL: a person's sessions end at the next request, Redis or not
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrftoken"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
MAX_LOG_BYTES = 512 * 1024 * 1024  # an uploaded .eval log
MAX_DOCUMENT_BYTES = 16 * 1024 * 1024  # a document attached to an early-access request
MAX_BODY_BYTES = 32 * 1024 * 1024  # any other request

STATIC_URL = "/static/"
STATIC_ROOT = env.folder(ENV["CONCORD_STATIC_DIR"], BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # a demo is looked at where it runs: compressing would only delay its first page
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
DATETIME_FORMAT = "j M Y, H:i e"
DATE_FORMAT = "j M Y"

EMAIL_BACKEND = "notifications.backends.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
_mail = env.urlsplit(ENV["CONCORD_MAIL_URL"]) if ENV["CONCORD_MAIL_URL"] else None
EMAIL_HOST = (_mail.hostname if _mail else None) or "127.0.0.1"
EMAIL_PORT = (_mail.port if _mail else None) or 25
EMAIL_HOST_USER = env.unquote(_mail.username or "") if _mail else ""
EMAIL_HOST_PASSWORD = env.unquote(_mail.password or "") if _mail else ""
EMAIL_USE_TLS = bool(_mail and "tls=1" in _mail.query)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENV["CONCORD_MAIL_FROM"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "accounts.api.parsers.KeepableJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttling.OrganisationThrottle"],
    "DEFAULT_THROTTLE_RATES": {"organisation": "600/min"},
    "DEFAULT_SCHEMA_CLASS": "accounts.api.schema.RoomSchema",
    "EXCEPTION_HANDLER": "accounts.api.problems.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Concord API",
    "DESCRIPTION": "Voluntary pre-release model-testing agreements under Executive Order 14409. "
    "Nothing here approves a release.\n\n"
    "Send `Authorization: Bearer concord_…`. A token acts as the person who issued it, in one organisation only; what it "
    "may not see answers 404. It never signs an agreement, opens an access key or records a delegation: those answer 403 "
    "`urn:concord:problem:browser-only` with the page where the person does it. Every refusal is a problem detail "
    "(RFC 9457) with a sentence that says what to do next. Lists go by `next`; calls that write take an `Idempotency-Key`.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "VariantEnum": "developers.models.ModelVariant.Kind",
        "ApproverEnum": "agreements.rules.deviations.APPROVERS",
        "CheckEnum": "early_access.models.TrustedPartnerNomination.Check",
        "DesignationOutcomeEnum": "early_access.models.Designation.Outcome",
        "OutcomeEnum": "early_access.models.ReturnItem.Outcome",
        "PartnerKindEnum": "early_access.models.TrustedPartner.Kind",
        "SeverityEnum": "evaluations.models.Finding.Severity",
        "IncidentSeverityEnum": "evaluations.models.EvaluationIncident.Severity",
        "IncidentKindEnum": "evaluations.models.EvaluationIncident.Kind",
        "IncidentMeasureEnum": "evaluations.models.EvaluationIncident.Measure",
    },
    "WEBHOOKS": ["webhooks.api.event.EVENT"],
}

# Where developers' endpoints may be reached besides public https addresses: the simulator, in demo mode only.
EGRESS_SIMULATOR = SIMULATOR_URL if DEMO else ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # It logs each doubt of a validation with a traceback; our verdicts say them in sentences.
        "pyhanko": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
