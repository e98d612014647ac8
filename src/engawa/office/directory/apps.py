from django.apps import AppConfig


class Directory(AppConfig):
    name = "engawa.office.directory"
    label = "directory"
