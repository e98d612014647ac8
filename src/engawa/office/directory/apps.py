from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.navigation import Entry, register
from engawa.office.access.permissions import Permission
from engawa.office.audit import wording

# How auditors read what was done.
DEEDS = {
    "directory.add_resource": _("社会資源を加えた"),
    "directory.close_day": _("休みの日を入れた"),
    "directory.edit_desk": _("窓口の内容を直した"),
    "directory.edit_resource": _("社会資源の内容を直した"),
    "directory.open_desk": _("窓口をつくった"),
    "directory.publish_desk": _("窓口を掲示した"),
    "directory.publish_resource": _("社会資源を掲示した"),
    "directory.reopen_day": _("休みの日をやめた"),
    "directory.set_hours": _("開いている時間を決めた"),
    "directory.withdraw_desk": _("窓口の掲示をやめた"),
    "directory.withdraw_resource": _("社会資源の掲示をやめた"),
}


class Directory(AppConfig):
    name = "engawa.office.directory"
    label = "directory"

    def ready(self) -> None:
        wording.register(DEEDS)
        register(
            Entry(
                section="気づく",
                label=_("窓口と広報"),
                url_name="directory:overview",
                permission=Permission.DIRECTORY_DESK_EDIT,
                order=30,
            )
        )
