"""Mail to staff: none, or what ``ENGAWA_MAIL`` says.

``ENGAWA_MAIL=smtp://user:password@host:587``, or ``smtps://`` for TLS from the start.
"""

import os
from urllib.parse import unquote, urlsplit

MAIL = os.environ.get("ENGAWA_MAIL", "")
_parts = urlsplit(MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = _parts.hostname or ""
EMAIL_PORT = _parts.port or (465 if _parts.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_parts.username or "")
EMAIL_HOST_PASSWORD = unquote(_parts.password or "")
EMAIL_USE_SSL = _parts.scheme == "smtps"
EMAIL_USE_TLS = _parts.scheme == "smtp" and EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("ENGAWA_MAIL_FROM") or EMAIL_HOST_USER or "engawa@localhost"
