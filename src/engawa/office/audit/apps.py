from django.apps import AppConfig


class Audit(AppConfig):
    name = "engawa.office.audit"
    label = "audit"
