from django.apps import AppConfig


class Desk(AppConfig):
    name = "engawa.office.desk"
    label = "desk"
