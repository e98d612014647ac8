from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Alerts(AppConfig):
    name = "engawa.office.alerts"
    label = "alerts"

    def ready(self) -> None:
        from engawa.office.access.upstairs import hang_bell
        from engawa.office.alerts.actions import tell
        from engawa.office.alerts.kinds import Kind, register
        from engawa.office.audit import wording

        hang_bell(tell)
        wording.register({"alerts.read": _("お知らせの一覧を見た")})
        for key, label, words, urgent in (
            ("access.glass_broken", _("緊急閲覧"), _("{who}さんが{number}を緊急閲覧しています"), True),
            ("access.role_given", _("役割"), _("{organisation}で{whom}さんの役割が「{role}」になりました"), False),
            (
                "access.way_in_renewed",
                _("サインイン"),
                _("{who}さんが{whom}さんのサインインの方法を新しくしました"),
                True,
            ),
        ):
            register(Kind(key, label, words, urgent=urgent))
