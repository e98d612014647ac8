"""The desk's places in the navigation and among the pages of a case, and how auditors read its deeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How auditors read what was done.
DEEDS = {
    "desk.read_inbox": _("受信箱を見た"),
    "desk.search": _("やりとりを探した"),
    "desk.cancel_appointment": _("約束を取りやめた"),
    "desk.forget_appointments": _("期限の過ぎた約束の中身を消した"),
    "desk.keep_appointment": _("約束を果たした"),
    "desk.move_appointment": _("約束の時を変えた"),
    "desk.promise": _("折返しか面談を約束した"),
    "desk.list_appointments": _("約束の一覧を見た"),
    "desk.read_appointment": _("約束を読んだ"),
    "desk.release_appointment": _("約束を窓口にもどした"),
    "desk.take_appointment": _("約束を受け持った"),
    "desk.try_appointment": _("電話したが出なかった"),
}


class Desk(AppConfig):
    """Work at a consultation desk."""

    name = "engawa.office.desk"
    label = "desk"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.parts import Part
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording
        from engawa.office.casework.cases import erasures
        from engawa.office.casework.cases.tabs import Tab
        from engawa.office.casework.cases.tabs import register as register_tab
        from engawa.office.casework.timeline import onward
        from engawa.office.desk.privacy import APPOINTMENT
        from engawa.office.desk.queries import count_open, waiting_here

        wording.register(DEEDS)
        erasures.register(erasures.Erasure(APPOINTMENT, "case", label=_("折返し・予約")))
        register_tab(Tab(_("折返し・予約"), "desk:case_appointments", 15, count_open, Part.COURSE))
        onward.register(onward.Onward(_("保存して、折返しを約束する"), "desk:promise_for_case"))
        register(
            Entry(
                section="気づく",
                label=_("相談窓口"),
                url_name="desk:inbox",
                permission=Permission.DESK_TALK_READ,
                order=10,
                count=waiting_here,
            )
        )
        register(Entry("気づく", _("折返し・予約"), "desk:appointments", Permission.CASEWORK_CASE_EDIT, 15))
