"""URLs of the gate, included by the porch."""

from django.urls import path

from engawa.courier import views

app_name = "courier"
urlpatterns = [path("", views.at_the_gate, name="gate")]
