"""URL of the gallery of the design system."""

from django.urls import path

from engawa.ui import views

app_name = "ui"
urlpatterns = [path("gallery/", views.gallery, name="gallery")]
