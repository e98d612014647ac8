"""A visitor on the porch, for tests that are about what happens to their words."""

import uuid

from engawa.porch.entrances import web
from engawa.porch.seats.cookie import SessionStore, who_sits


class Visitor:
    """Somebody in a browser, who sits at a seat and has a talk."""

    def __init__(self) -> None:
        session = SessionStore()
        beginning = web.Beginning(words="はじめまして", terms_version="1")
        opened = web.open_talk(session=session, address="192.0.2.1", token=uuid.uuid4(), beginning=beginning)
        sitting = who_sits(session)
        assert sitting
        self.session, self.sitting, self.talk_id = session, sitting, opened.talk_id

    @property
    def seat_id(self) -> uuid.UUID:
        return self.sitting.seat_id

    def say(self, words: str) -> None:
        web.say(sitting=self.sitting, talk_id=self.talk_id, token=uuid.uuid4(), words=words)
