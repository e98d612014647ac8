from django.apps import AppConfig


class Questionnaires(AppConfig):
    name = "engawa.office.questionnaires"
    label = "questionnaires"
