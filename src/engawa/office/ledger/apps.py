from django.apps import AppConfig


class Ledger(AppConfig):
    name = "engawa.office.ledger"
    label = "ledger"
