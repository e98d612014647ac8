from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Conferences(AppConfig):
    name = "engawa.office.conferences"
    label = "conferences"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission

        register(Entry("つなぐ", _("支援調整会議"), "conferences:conferences", Permission.CONFERENCE_ITEM_VIEW, 20))
