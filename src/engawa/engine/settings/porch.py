"""The public zone: its own database, no sessions in it, no accounts."""

from .base import *  # noqa: F403
from .base import COOKIE_PREFIX, HOME, porch_database, templates

SECRET_KEY = HOME.secret("porch")
STATIC_ROOT = HOME.run / "static" / "porch"
PORCH_ALIAS = "default"
DATABASES = {"default": porch_database()}
ROOT_URLCONF = "engawa.engine.urls_porch"
PORCH_APPS = [
    "engawa.porch.seats",
    "engawa.porch.mailbox",
    "engawa.porch.noticeboard",
    "engawa.porch.pages",
]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "engawa.ui",
    "engawa.courier",
    *PORCH_APPS,
]
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "engawa.ui.errors.wrong_methods_explained",
    "engawa.ui.errors.addresses_without_nul",
    "engawa.kernel.doors.DoorsMiddleware",
]
TEMPLATES = templates("engawa.porch.pages.context.porch")
# One cookie, gone when the browser closes; it carries the seat's key, encrypted: the server keeps none.
SESSION_ENGINE = "engawa.porch.seats.cookie"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}engawa"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
# Some browsers bring closed sessions back: after a day the passphrase is asked for again.
SESSION_COOKIE_AGE = 24 * 60 * 60
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "engawa.porch.pages.views.trouble.expired"
FILE_UPLOAD_HANDLERS = ["engawa.porch.pages.uploads.NoFiles"]
