from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.navigation import Entry, register
from engawa.office.access.permissions import Permission


class Letterbox(AppConfig):
    name = "engawa.office.letterbox"
    label = "letterbox"

    def ready(self) -> None:
        from engawa.office.letterbox.queries import count_aside

        register(
            Entry(
                section="管理",
                label=_("届かない便り"),
                url_name="letterbox:aside",
                permission=Permission.LETTERBOX_LETTER_SETTLE,
                order=60,
                count=count_aside,
            )
        )
