"""The staff zone: its own database, sign-in with two factors, need-to-know."""

from .base import *  # noqa: F403
from .base import COOKIE_PREFIX, HOME, office_database, templates
from .mail import *  # noqa: F403
from .sign_in import *  # noqa: F403

SECRET_KEY = HOME.secret("office")
SECRET_KEY_FALLBACKS = HOME.former_secrets("office")
STATIC_ROOT = HOME.run / "static" / "office"
DATABASES = {"default": office_database()}
ROOT_URLCONF = "engawa.engine.urls_office"
OFFICE_APPS = [
    "engawa.office.audit",
    "engawa.office.access",
    "engawa.office.letterbox",
    "engawa.office.directory",
    "engawa.office.questionnaires",
    "engawa.office.alerts",
    "engawa.office.talks",
    "engawa.office.casework",
    "engawa.office.conferences",
    "engawa.office.desk",
    "engawa.office.statistics",
    "engawa.office.ledger",
    "engawa.office.home",
]
INSTALLED_APPS = [
    "engawa.ui",  # first: its sign-in templates stand before allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "engawa.courier",
    *OFFICE_APPS,
]
LANGUAGES = [("ja", "日本語"), ("en", "English")]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "engawa.office.access.doors.in_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "engawa.ui.errors.wrong_methods_explained",
    "engawa.ui.errors.addresses_without_nul",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "engawa.kernel.doors.DoorsMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = templates(
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "engawa.office.access.context.office",
    "engawa.office.home.context.search",
    "engawa.office.alerts.context.bell",
)
AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}engawa_office"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}engawa_office_csrf"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# Documents of cases stay in memory while they arrive: nothing of them lies unsealed on a disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024**2
