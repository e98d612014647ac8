from django.apps import AppConfig
from django.core.checks import Tags, register

from engawa.kernel.doors import every_view_is_declared


class Access(AppConfig):
    name = "engawa.office.access"
    label = "access"

    def ready(self) -> None:
        register(every_view_is_declared, Tags.urls)
