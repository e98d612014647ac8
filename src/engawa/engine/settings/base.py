"""What both zones share. A zone's own module says which applications and which databases it has."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from engawa.engine.backup.keeping import days_kept
from engawa.engine.home import Home


def live_origins(url: str, port: int, hosts: list[str], *, https: bool) -> list[str]:
    """Where pages may open streams besides their own origin, as ``connect-src`` names it: exactly.

    A name like ``.example.org`` means its subdomains, in Django as here; CSP knows no address of IPv6.
    """
    parts = urlsplit(url)
    if parts.netloc:
        return [f"{parts.scheme}://{parts.netloc}"]
    if url or not port:
        return []
    names = [f"*{host}" if host.startswith(".") else host for host in hosts if "[" not in host]
    return [f"{'https' if https else 'http'}://{name}:{port}" for name in names]


HOME = Home.chosen()
DEMO = HOME.demo
BACKUP_DAYS = days_kept()

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ENGAWA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Who opens the porch, as visitors read it beside the name.
PLACE = os.environ.get("ENGAWA_PLACE", "みやこ市 ひきこもり相談")
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
LANGUAGE_CODE = "ja"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WSGI_APPLICATION = None
STATIC_URL = "/static/"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "engawa.ui.errors.csrf_failure"
FORM_RENDERER = "engawa.ui.forms.Renderer"
# Where pages listen (engine/context.py): behind a proxy, or on another port of the same host. `serve` sets these.
LIVE_URL = os.environ.get("ENGAWA_LIVE_URL", "")
LIVE_PORT = int(os.environ.get("ENGAWA_LIVE_PORT", "0"))
HTTPS = os.environ.get("ENGAWA_HTTPS", "") == "1"
# Everything comes from our own house; the live process may stand on its own port or under its own name.
LIVE_ORIGINS = live_origins(LIVE_URL, LIVE_PORT, ALLOWED_HOSTS, https=HTTPS)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", *LIVE_ORIGINS],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
# How many proxies of ours stand in front: tries are counted per caller, and only their word on who calls is taken.
PROXIES = int(os.environ.get("ENGAWA_PROXIES", "0"))
# Where the porch is, when it is not on this machine; who vouches for its certificate, where that is not one of those
# whom browsers trust; and the public key of the other side of the courier's link.
PORCH_URL = os.environ.get("ENGAWA_PORCH_URL", "")
PORCH_CA = os.environ.get("ENGAWA_PORCH_CA", "")
LINK_KEY = os.environ.get("ENGAWA_LINK_KEY", "")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
# The prefix lets no other host of the same domain set these cookies, nor read them over a plain connection.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def database(variable: str, *, name: str, user: str) -> dict[str, Any]:
    """Connection settings: from the URL in ``variable``, else the embedded cluster's socket.

    Args:
        variable: environment variable with a ``postgresql://`` URL.
        name: database in the embedded cluster.
        user: role in the embedded cluster.
    """
    # To plan a query behind the second wall takes PostgreSQL longer than to answer it: what is asked again and again
    # is planned once for each connection.
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 3}
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    if url := os.environ.get(variable):
        parts = urlsplit(url)
        options |= parse_qsl(parts.query)
        return settings | {
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    return settings | {"NAME": name, "USER": user, "HOST": os.environ.get("ENGAWA_SOCKET", str(HOME.socket))}


def office_database() -> dict[str, Any]:
    """The office database, as the role that serves pages: no superuser, not the owner of the tables."""
    return database("ENGAWA_OFFICE_DB", name="office", user="engawa_office")


def porch_database() -> dict[str, Any]:
    """The porch database, as the role that serves pages."""
    return database("ENGAWA_PORCH_DB", name="porch", user="engawa_porch")


def templates(*processors: str) -> list[dict[str, Any]]:
    """Template settings with the loader of named partials; undefined variables stay silent in service."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "engawa.engine.context.live",
                    *processors,
                ],
                "builtins": ["engawa.ui.templatetags.ui"],
            },
        }
    ]


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "engawa.engine.logs.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
