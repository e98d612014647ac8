from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Casework(AppConfig):
    name = "engawa.office.casework"
    label = "casework"

    def ready(self) -> None:
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.permissions import Permission
        from engawa.office.access.upstairs import register_case_finder
        from engawa.office.alerts import kinds
        from engawa.office.casework.cases.queries import named_case, named_cases, offers_to
        from engawa.office.casework.timeline import queries  # noqa: F401 - registers the timeline's own sources

        register_case_finder(named_case, named_cases)
        for key, wording in (
            ("offered", _("{giver}からケース {number} の引継ぎの打診があります")),
            ("accepted", _("{taker}がケース {number} を受けました")),
            ("declined", _("{taker}はケース {number} を受けられませんでした")),
        ):
            kinds.register(kinds.Kind(f"casework.handover_{key}", _("引継ぎ"), wording))
        register(Entry("つなぐ", _("ケース"), "casework:cases", Permission.CASEWORK_CASE_VIEW, 10))
        register(
            Entry(
                "つなぐ",
                _("引継ぎ"),
                "casework:handovers",
                Permission.CASEWORK_CASE_HANDOVER,
                30,
                lambda actor: offers_to(actor).count(),
            )
        )
