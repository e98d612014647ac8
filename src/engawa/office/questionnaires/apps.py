from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.navigation import Entry, register
from engawa.office.access.permissions import Permission
from engawa.office.audit import wording

# How auditors read what was done.
DEEDS = {
    "questionnaires.begin_set": _("質問票をつくった"),
    "questionnaires.check_against_original": _("質問票を原本と照らした"),
    "questionnaires.check_form": _("記録からつくる帳票を原本と照らした"),
    "questionnaires.draft_version": _("質問票の新しい版の下書きをつくった"),
    "questionnaires.drop_question": _("質問票の下書きから設問を外した"),
    "questionnaires.give_up_draft": _("質問票の下書きをやめた"),
    "questionnaires.move_question": _("質問票の下書きの設問を動かした"),
    "questionnaires.put_question": _("質問票の下書きに設問を書いた"),
    "questionnaires.release": _("質問票の版を公開した"),
}


class Questionnaires(AppConfig):
    name = "engawa.office.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        wording.register(DEEDS)
        register(Entry("管理", _("質問票"), "questionnaires:sets", Permission.QUESTIONNAIRES_ORIGINAL_COMPARE, 40))
