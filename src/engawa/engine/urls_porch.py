"""URLs of the porch. The language stands in the path: choosing one needs no cookie."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("courier/", include("engawa.courier.urls")),
    *i18n_patterns(
        path("", include("engawa.porch.pages.urls")),
        prefix_default_language=False,
    ),
]
handler404 = "engawa.porch.pages.views.reading.not_found"
