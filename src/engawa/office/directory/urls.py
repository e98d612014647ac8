"""URLs of the directory."""

import datetime as dt

from django.urls import path, register_converter

from engawa.office.directory import views


class Day:
    """A day in a URL, such as 2026-12-29; anything else is not found."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(Day, "day")
app_name = "directory"
urlpatterns = [
    path("directory/", views.overview, name="overview"),
    path("directory/desks/new/", views.new_desk, name="new_desk"),
    path("directory/desks/<uuid:desk_id>/", views.desk, name="desk"),
    path("directory/desks/<uuid:desk_id>/hours/", views.hours, name="hours"),
    path("directory/desks/<uuid:desk_id>/closed-days/", views.close_day, name="close_day"),
    path("directory/desks/<uuid:desk_id>/closed-days/<day:day>/reopen/", views.reopen_day, name="reopen_day"),
    path("directory/desks/<uuid:desk_id>/publish/", views.publish_desk, name="publish_desk"),
    path("directory/resources/new/", views.new_resource, name="new_resource"),
    path("directory/resources/<uuid:resource_id>/", views.resource, name="resource"),
    path("directory/resources/<uuid:resource_id>/publish/", views.publish_resource, name="publish_resource"),
]
