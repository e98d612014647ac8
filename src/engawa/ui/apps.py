from types import ModuleType

from django.apps import AppConfig

from engawa.ui.forms import speak_plainly


class Ui(AppConfig):
    name = "engawa.ui"
    label = "ui"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        super().__init__(app_name, app_module)
        speak_plainly()  # before the models of any app, and with them its forms, are imported
