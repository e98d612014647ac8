from django.apps import AppConfig


class Access(AppConfig):
    name = "engawa.office.access"
    label = "access"
