from django.apps import AppConfig


class Statistics(AppConfig):
    name = "engawa.office.statistics"
    label = "statistics"
