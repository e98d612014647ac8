"""URLs of the office."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("engawa.office.access.urls")),
    path("", include("engawa.office.desk.urls")),
    path("", include("engawa.office.casework.urls")),
    path("", include("engawa.office.home.urls")),
    path("", include("engawa.office.directory.urls")),
    path("", include("engawa.office.questionnaires.urls")),
    path("", include("engawa.office.letterbox.urls")),
    path("", include("engawa.office.alerts.urls")),
    path("", include("engawa.office.conferences.urls")),
    path("", include("engawa.office.statistics.urls")),
    path("", include("engawa.office.ledger.urls")),
    path("ui/", include("engawa.ui.urls")),
]
