from django.apps import AppConfig


class Pages(AppConfig):
    name = "engawa.porch.pages"
    label = "pages"
