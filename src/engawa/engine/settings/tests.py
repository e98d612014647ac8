"""Settings of the test run: both zones in one process, undefined template variables fail."""

import atexit
import os
import shutil
import tempfile

if "ENGAWA_HOME" not in os.environ:  # workers share the home of the run that started them
    os.environ["ENGAWA_HOME"] = tempfile.mkdtemp(prefix="engawa-test-home-")
    atexit.register(shutil.rmtree, os.environ["ENGAWA_HOME"], ignore_errors=True)

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
