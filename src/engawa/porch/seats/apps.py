from django.apps import AppConfig


class Seats(AppConfig):
    name = "engawa.porch.seats"
    label = "seats"
