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
handler400 = "engawa.ui.errors.bad_request"
handler403 = "engawa.ui.errors.not_allowed"
handler404 = "engawa.ui.errors.not_found"
handler405 = "engawa.ui.errors.wrong_method"
handler429 = "engawa.ui.errors.too_many"  # allauth's limits of tries
handler500 = "engawa.ui.errors.server_error"
