from django.apps import AppConfig


class Letterbox(AppConfig):
    name = "engawa.office.letterbox"
    label = "letterbox"
