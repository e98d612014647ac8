"""Registers the letters that talks answer to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How auditors read what was done.
DEEDS = {
    "talks.answer_is_not_needed": _("返事はいらないとした"),
    "talks.ask_to_wait": _("少し待ってもらった"),
    "talks.claim": _("やりとりを受け持った"),
    "talks.close": _("やりとりを終えた"),
    "talks.drop_template": _("定型文を消した"),
    "talks.ease_worry": _("気がかりをはずした"),
    "talks.forget_unsent": _("送らなかった書きかけを消した"),
    "talks.forget_words": _("期限の過ぎたことばを消した"),
    "talks.keep_template": _("定型文を置いた"),
    "talks.mark_read": _("読んだことにした"),
    "talks.move_to_seat_of": _("ほかの席に移した"),
    "talks.note": _("メモを残した"),
    "talks.publish_expectations": _("返事の目安を知らせた"),
    "talks.raise_worry": _("気がかりにした"),
    "talks.read": _("やりとりを読んだ"),
    "talks.receive_leaving": _("席を離れた知らせが届いた"),
    "talks.receive_seat": _("新しい席が届いた"),
    "talks.receive_talk": _("新しいやりとりが届いた"),
    "talks.receive_word": _("ことばが届いた"),
    "talks.release": _("やりとりを窓口にもどした"),
    "talks.reopen": _("やりとりを再び開いた"),
    "talks.reply": _("返事をした"),
    "talks.say_it_was_read": _("読んだことを伝えた"),
    "talks.whisper": _("相談員に耳うちした"),
}


class Talks(AppConfig):
    """Talks（やりとり）."""

    name = "engawa.office.talks"
    label = "talks"

    def ready(self) -> None:
        from engawa.office.access import hearing
        from engawa.office.alerts.kinds import Kind
        from engawa.office.alerts.kinds import register as register_kind
        from engawa.office.audit import wording
        from engawa.office.letterbox import handlers
        from engawa.office.talks import access, letters
        from engawa.post.letters import SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid

        wording.register(DEEDS)
        worries = _("{who}さんが、やりとりを気がかりにしました")
        register_kind(Kind("talks.worry", _("気がかり"), worries, urgent=True))
        hearing.register("desk", access.hears_desk)
        hearing.register("talk", access.hears_talk)
        handlers.register(SeatOpened, letters.seats_opened)
        handlers.register(TalkOpened, letters.talks_opened)
        handlers.register(WordSaid, letters.words_said)
        handlers.register(VisitorTyping, letters.visitors_typing)
        handlers.register(SeatLeft, letters.seats_left)
