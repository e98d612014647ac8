from django.apps import AppConfig


class Talks(AppConfig):
    name = "engawa.office.talks"
    label = "talks"
