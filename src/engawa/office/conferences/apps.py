from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How auditors read what was done.
DEEDS = {
    "conferences.read_item": _("会議案件を読んだ"),
}


class Conferences(AppConfig):
    name = "engawa.office.conferences"
    label = "conferences"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording
        from engawa.office.casework.cases import erasures
        from engawa.office.conferences.privacy import ITEM

        wording.register(DEEDS)
        erasures.register(erasures.Erasure(ITEM, "case", label=_("支援調整会議")))
        register(Entry("つなぐ", _("支援調整会議"), "conferences:conferences", Permission.CONFERENCE_ITEM_VIEW, 20))
