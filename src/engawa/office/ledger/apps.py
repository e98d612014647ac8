from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How auditors read what was done.
DEEDS = {
    "ledger.break_off": _("台帳の取り込みが途中で止まった"),
    "ledger.found_desk": _("台帳にある窓口を加えた"),
    "ledger.give_out": _("台帳を書き出した"),
    "ledger.give_out_case": _("ケースを台帳に書き出した"),
    "ledger.give_up": _("台帳の取り込みを取りやめた"),
    "ledger.read_import": _("台帳の取り込みを読んだ"),
    "ledger.read_set_aside": _("取り置いた行を読んだ"),
    "ledger.receive": _("台帳を受け取った"),
    "ledger.take_in": _("台帳を取り込んだ"),
    "ledger.undo": _("台帳の取り込みを取り消した"),
}


class Ledger(AppConfig):
    name = "engawa.office.ledger"
    label = "ledger"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording

        wording.register(DEEDS)
        register(Entry("確かめる", _("台帳の取り込み"), "ledger:imports", Permission.LEDGER_FILE_IMPORT, 60))
        register(Entry("確かめる", _("台帳の書き出し"), "ledger:give_out", Permission.LEDGER_FILE_EXPORT, 61))
