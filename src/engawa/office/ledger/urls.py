"""URLs of the ledger."""

from django.urls import path

from engawa.office.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.imports, name="imports"),
    path("ledger/out/", views.give_out, name="give_out"),
    path("ledger/<uuid:import_id>/", views.one_import, name="import"),
    path("ledger/<uuid:import_id>/set-aside.xlsx", views.set_aside, name="set_aside"),
    path("ledger/<uuid:import_id>/take-in/", views.take_in, name="take_in"),
    path("ledger/<uuid:import_id>/give-up/", views.give_up, name="give_up"),
    path("ledger/<uuid:import_id>/undo/", views.take_back, name="undo"),
]
