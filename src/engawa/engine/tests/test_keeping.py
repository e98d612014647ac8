"""Housekeeping goes on when one application fails."""

import pytest

from engawa.engine.serving import keeping


@pytest.mark.django_db(databases=["default", "porch"])
def test_every_application_keeps_house() -> None:
    assert keeping.keep_house() == []


@pytest.mark.django_db(databases=["default", "porch"])
def test_one_failure_does_not_keep_the_others_from_their_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    monkeypatch.setitem(keeping.DAILY, "mailbox", "engawa.engine.tests.nowhere")
    monkeypatch.setattr("engawa.office.letterbox.jobs.keep_house", lambda: done.append("letterbox"))
    assert (keeping.keep_house(), done) == (["mailbox"], ["letterbox"])
    assert "mailbox" in caplog.text
