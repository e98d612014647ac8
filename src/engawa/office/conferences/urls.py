"""URLs of conferences."""

from django.urls import path

from engawa.office.conferences import views

app_name = "conferences"
urlpatterns = [
    path("conferences/", views.conferences, name="conferences"),
    path("conferences/<str:number>/", views.conference, name="conference"),
]
