"""How staff sign in: password and a second factor, no signing up, locked for a while after wrong guesses."""

import datetime as dt
import os

from .base import HTTPS

# Tries are counted and used codes remembered for all processes of the office together.
CACHES = {"default": {"BACKEND": "engawa.office.access.shared_memory.SharedMemory"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "engawa.office.access.passwords.NotAboutOneself",
        "OPTIONS": {"user_attributes": ["email", "name", "reading"]},
    },
    {
        "NAME": "engawa.office.access.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "engawa.office.access.passwords.NotCommon"},
    {"NAME": "engawa.office.access.passwords.NotOnlyDigits"},
]
PASSWORD_RESET_TIMEOUT = int(dt.timedelta(days=3).total_seconds())

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "engawa.office.access.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {"change_password": "engawa.office.access.forms.ChangePasswordForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(dt.timedelta(minutes=5).total_seconds())
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Whole offices sit behind one address: limits go by person, not by address.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "10/300s/key"}
MFA_ADAPTER = "engawa.office.access.sign_in.Factors"
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "えんがわ"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouches for the address
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow that for localhost only

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # a lock by person cannot be got round by changing address or browser
AXES_USERNAME_CALLABLE = "engawa.office.access.sign_in.address_given"
AXES_LOCKOUT_TEMPLATE = "access/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # our own audit log has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Whoever does nothing for so long is signed off; what they had typed waits for them.
IDLE_SECONDS = int(os.environ.get("ENGAWA_IDLE_MINUTES", "20")) * 60
SESSION_COOKIE_AGE = int(dt.timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
