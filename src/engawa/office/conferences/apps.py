from django.apps import AppConfig


class Conferences(AppConfig):
    name = "engawa.office.conferences"
    label = "conferences"
