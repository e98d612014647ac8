"""URLs of the porch."""

from django.urls import include, path

urlpatterns = [
    path("", include("engawa.porch.pages.urls")),
]
