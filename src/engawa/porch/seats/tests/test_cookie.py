import base64
import time
import uuid

import pytest
from django.conf import settings

from engawa.porch.seats.cookie import SessionStore, Sitting, sit_down, stand_up, who_sits

SITTING = Sitting(uuid.uuid4(), b"k" * 32)


def _cookie(sitting: Sitting = SITTING) -> str:
    session = SessionStore()
    sit_down(session, sitting)
    session.save()
    assert session.session_key
    return session.session_key


def test_the_cookie_brings_the_visitor_back_to_the_seat() -> None:
    assert who_sits(SessionStore(_cookie())) == SITTING


def test_the_cookie_shows_neither_seat_nor_key_and_never_looks_the_same() -> None:
    raw = base64.urlsafe_b64decode(_cookie())
    assert str(SITTING.seat_id).encode() not in raw
    assert base64.b64encode(SITTING.private_key) not in raw
    assert _cookie() != _cookie()


@pytest.mark.parametrize("cookie", ["", "x", "あ", base64.urlsafe_b64encode(b"0" * 99).decode(), None])
def test_a_broken_or_foreign_cookie_is_an_empty_session(cookie: str | None) -> None:
    session = SessionStore(cookie)
    assert who_sits(session) is None
    assert list(session.keys()) == []


def test_a_cookie_of_another_house_is_an_empty_session(settings: object) -> None:
    cookie = _cookie()
    settings.SECRET_KEY = "another"
    assert who_sits(SessionStore(cookie)) is None


def test_an_old_cookie_is_an_empty_session(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie, now = _cookie(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + settings.SESSION_COOKIE_AGE + 1)
    assert who_sits(SessionStore(cookie)) is None


def test_standing_up_leaves_an_empty_cookie() -> None:
    session = SessionStore(_cookie())
    session["draft"] = "x"
    stand_up(session)
    assert who_sits(session) is None
    assert session.is_empty()


def test_sitting_down_forgets_what_the_session_held_before() -> None:
    session = SessionStore(_cookie())
    session["other"] = "x"
    sit_down(session, Sitting(uuid.uuid4(), b"n" * 32))
    assert "other" not in session
