from django.apps import AppConfig


class Courier(AppConfig):
    name = "engawa.courier"
    label = "courier"
