"""Settings of the test run: both zones in one process, undefined template variables fail."""

import os
import tempfile

os.environ.setdefault("ENGAWA_HOME", tempfile.mkdtemp(prefix="engawa-test-home-"))

from .courier import *  # noqa: F403
from .office import MIDDLEWARE
from .porch import PORCH_APPS  # noqa: F401

# Static files come from the test server itself; nothing is collected.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
