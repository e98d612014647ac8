from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Statistics(AppConfig):
    name = "engawa.office.statistics"
    label = "statistics"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission

        may_see = Permission.STATISTICS_TABLE_VIEW
        register(Entry("確かめる", _("集計表"), "statistics:tables", may_see, 10))
        register(Entry("確かめる", _("検証（報告書）"), "statistics:report", may_see, 20))
