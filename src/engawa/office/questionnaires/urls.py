"""URLs of question sets."""

from django.urls import path

from engawa.office.questionnaires import views

app_name = "questionnaires"
urlpatterns = [
    path("questions/", views.sets, name="sets"),
    path("questions/forms/<str:code>/", views.form_of_records, name="form"),
    path("questions/<uuid:pk>/", views.questions, name="set"),
    path("questions/<uuid:pk>/draft/", views.draft, name="draft"),
    path("questions/<uuid:pk>/release/", views.release, name="release"),
    path("questions/<uuid:pk>/give-up/", views.give_up, name="give_up"),
    path("questions/<uuid:pk>/checked/", views.checked, name="checked"),
    path("questions/<uuid:pk>/new/", views.question, name="new_question"),
    path("questions/<uuid:pk>/<uuid:question>/", views.question, name="question"),
    path("questions/<uuid:pk>/<uuid:question>/arrange/", views.arrange, name="arrange"),
]
