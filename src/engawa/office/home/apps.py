from django.apps import AppConfig


class Home(AppConfig):
    name = "engawa.office.home"
    label = "home"
