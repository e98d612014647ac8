"""The courier's settings: an office process that also knows the porch's database, where that is near."""

from .base import porch_database
from .office import *  # noqa: F403
from .office import DATABASES, INSTALLED_APPS, OFFICE_APPS
from .porch import PORCH_APPS

PORCH_ALIAS = "porch"
DATABASES = DATABASES | {"porch": porch_database()}
INSTALLED_APPS = [*(app for app in INSTALLED_APPS if app not in OFFICE_APPS), *OFFICE_APPS, *PORCH_APPS]
DATABASE_ROUTERS = ["engawa.engine.routing.ZoneRouter"]
