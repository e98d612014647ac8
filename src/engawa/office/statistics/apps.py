from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "statistics.read_table": _("集計表を見た"),
    "statistics.take_file": _("集計表をファイルにした"),
    "statistics.release_report": _("報告書を公表用と認めた"),
}


class Statistics(AppConfig):
    name = "engawa.office.statistics"
    label = "statistics"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording

        may_see = Permission.STATISTICS_TABLE_VIEW
        register(Entry("確かめる", _("集計表"), "statistics:tables", may_see, 10))
        register(Entry("確かめる", _("検証（報告書）"), "statistics:report", may_see, 20))
        wording.register(DEEDS)
