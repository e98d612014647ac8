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
handler400 = "engawa.porch.pages.views.trouble.bad_request"
handler403 = "engawa.porch.pages.views.trouble.not_allowed"
handler404 = "engawa.porch.pages.views.trouble.not_found"
handler405 = "engawa.porch.pages.views.trouble.wrong_method"
handler500 = "engawa.porch.pages.views.trouble.server_error"
