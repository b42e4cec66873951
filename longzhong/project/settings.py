"""Settings of one Longzhong installation: a var folder, a database, and the environment.

LONGZHONG_VAR    where data, keys, files and the curve lake live (default: ./var)
DATABASE_URL     the company's own PostgreSQL; without it the embedded server under the var folder
LONGZHONG_HOSTS  names that the pages answer to, comma separated (default: this machine only)
LONGZHONG_PROXIES how many proxies of ours write X-Forwarded-For (default 0: it isn't believed)
LONGZHONG_DEBUG  1: tracebacks in the browser
"""

import os
import secrets
import sys
from pathlib import Path

import structlog
from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from longzhong.kit.cluster import locate
from longzhong.kit.vault import load_or_make_keys
from longzhong.project.place import ROOT, var_folder

VAR = var_folder()
VAR.mkdir(parents=True, exist_ok=True)
DEBUG = os.environ.get("LONGZHONG_DEBUG") == "1"


def _secret(path: Path) -> str:
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        draft.rename(path)
    return path.read_text()


SECRET_KEY = _secret(VAR / "secret")
LONGZHONG_KEYS = load_or_make_keys(VAR / "keys.json")
ALLOWED_HOSTS = [*filter(None, os.environ.get("LONGZHONG_HOSTS", "").split(",")), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host[0] not in ".[*"]

FLOORS = {
    "register": ("org", "policies", "categories", "network", "customers", "access"),
    "dispatch": ("matters", "workorders", "notifications", "crews"),
    "sensing": ("curves", "outages", "texts", "troubles", "restorations", "announcements"),
    "cases": (
        "alerts",
        "hotline",
        "finals",
        "nearmisses",
        "petitioners",
        "explanations",
        "disconnections",
        "complaints",
        "appeals",
        "rectifications",
        "analyses",
        "lessons",
        "campaigns",
        "filings",
        "media",
        "transfers",
        "closures",
    ),
    "assessment": ("indicators", "bulletins", "reliability", "ledgers"),
    "surfaces": ("exchange", "simulation", "cockpit", "field", "portal"),
}
APPS = [f"longzhong.{floor}.{app}" for floor, apps in FLOORS.items() for app in apps]
APPS = [app for app in APPS if (ROOT / app.replace(".", "/") / "apps.py").exists()]

INSTALLED_APPS = [
    "longzhong.kit",
    *APPS,
    "longzhong.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "longzhong.register.access.pages.middleware.Doorkeeper",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "longzhong.project.urls"
WSGI_APPLICATION = "longzhong.project.wsgi.application"
AUTH_USER_MODEL = "access.User" if any(a.endswith(".access") for a in APPS) else "auth.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/start/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "longzhong.project.menu.shell",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{named[key]: value for key, value in parts.items() if key in named},
        "OPTIONS": {key: value for key, value in parts.items() if key not in named},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or locate(VAR).url)}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "longzhong/project/locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

LONGZHONG_PROXIES = int(os.environ.get("LONGZHONG_PROXIES", "0"))  # how many proxies of ours write X-Forwarded-For
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("LONGZHONG_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
)
LOGGING = {"version": 1, "disable_existing_loggers": False}
