"""URLs of the tables."""

from django.urls import path

from engawa.office.statistics import views

app_name = "statistics"
urlpatterns = [
    path("tables/", views.tables, name="tables"),
    path("tables/file/<str:form>/", views.table_file, name="table_file"),
    path("tables/verification/", views.report, name="report"),
    path("tables/verification/release/", views.release, name="release"),
    path("tables/verification/file/<str:form>/", views.report_file, name="report_file"),
]
