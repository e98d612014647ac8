from django.apps import AppConfig


class Noticeboard(AppConfig):
    name = "engawa.porch.noticeboard"
    label = "noticeboard"
