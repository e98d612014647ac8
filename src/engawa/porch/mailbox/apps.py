from django.apps import AppConfig


class Mailbox(AppConfig):
    name = "engawa.porch.mailbox"
    label = "mailbox"
