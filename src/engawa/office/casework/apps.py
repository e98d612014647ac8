from django.apps import AppConfig


class Casework(AppConfig):
    name = "engawa.office.casework"
    label = "casework"
