from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.navigation import Entry, register
from engawa.office.access.permissions import Permission


class Directory(AppConfig):
    name = "engawa.office.directory"
    label = "directory"

    def ready(self) -> None:
        register(
            Entry(
                section="気づく",
                label=_("窓口と広報"),
                url_name="directory:overview",
                permission=Permission.DIRECTORY_DESK_EDIT,
                order=30,
            )
        )
