from django.apps import AppConfig


class Alerts(AppConfig):
    name = "engawa.office.alerts"
    label = "alerts"
