"""URLs of alerts."""

from django.urls import path

from engawa.office.alerts import views

app_name = "alerts"
urlpatterns = [
    path("alerts/", views.alert_list, name="list"),
    path("alerts/bell/", views.bell, name="bell"),
    path("alerts/read/", views.read_all, name="read_all"),
    path("alerts/<uuid:pk>/", views.read, name="read"),
]
