"""URLs of the letterbox."""

from django.urls import path

from engawa.office.letterbox import views

app_name = "letterbox"
urlpatterns = [
    path("letters/", views.aside, name="aside"),
    path("letters/in/<uuid:envelope_id>/retry/", views.retry_envelope, name="retry_envelope"),
    path("letters/in/<uuid:envelope_id>/settle/", views.settle_envelope, name="settle_envelope"),
    path("letters/out/<uuid:letter_id>/retry/", views.retry_letter, name="retry_letter"),
    path("letters/out/<uuid:letter_id>/settle/", views.settle_letter, name="settle_letter"),
]
