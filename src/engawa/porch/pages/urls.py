"""URLs of the visitor's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
