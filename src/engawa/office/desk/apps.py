"""The desk's place in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Desk(AppConfig):
    """Work at a consultation desk."""

    name = "engawa.office.desk"
    label = "desk"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording
        from engawa.office.talks.queries import waiting_count

        wording.register({"desk.read_inbox": _("受信箱を見た"), "desk.search": _("やりとりを探した")})
        register(
            Entry(
                section="気づく",
                label=_("相談窓口"),
                url_name="desk:inbox",
                permission=Permission.DESK_TALK_READ,
                order=10,
                count=waiting_count,
            )
        )
