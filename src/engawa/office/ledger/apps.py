from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Ledger(AppConfig):
    name = "engawa.office.ledger"
    label = "ledger"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission

        register(Entry("確かめる", _("台帳の取り込み"), "ledger:imports", Permission.LEDGER_FILE_IMPORT, 60))
