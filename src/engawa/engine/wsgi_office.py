"""The office's pages as a WSGI application."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "engawa.engine.settings.office"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
