"""Registers the letters that talks answer to."""

from django.apps import AppConfig


class Talks(AppConfig):
    """Talks（やりとり）."""

    name = "engawa.office.talks"
    label = "talks"

    def ready(self) -> None:
        from engawa.office.letterbox import handlers
        from engawa.office.talks import letters
        from engawa.post.letters import SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid

        handlers.register(SeatOpened, letters.seat_opened)
        handlers.register(TalkOpened, letters.talk_opened)
        handlers.register(WordSaid, letters.word_said)
        handlers.register(VisitorTyping, letters.visitor_typing)
        handlers.register(SeatLeft, letters.seat_left)
