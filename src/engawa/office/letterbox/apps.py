from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.navigation import Entry, register
from engawa.office.access.permissions import Permission

# How auditors read what was done.
DEEDS = {
    "letterbox.retry_envelope": _("届いた便りを読みなおした"),
    "letterbox.retry_letter": _("便りを送りなおした"),
    "letterbox.settle_envelope": _("届いた便りを片づけた"),
    "letterbox.settle_letter": _("送る便りを片づけた"),
}


class Letterbox(AppConfig):
    name = "engawa.office.letterbox"
    label = "letterbox"

    def ready(self) -> None:
        from engawa.office.audit import wording
        from engawa.office.letterbox.queries import count_aside

        wording.register(DEEDS)
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
