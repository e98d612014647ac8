from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Home(AppConfig):
    name = "engawa.office.home"
    label = "home"

    def ready(self) -> None:
        from engawa.office.audit import wording

        wording.register({"home.search": _("ケースを探した"), "home.today": _("今日のページを見た")})
