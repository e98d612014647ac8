"""A porch that is open: the office's key is published, a desk, its expectation and a place stand on the board."""

import datetime as dt
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from engawa.kernel import clock
from engawa.kernel.hours import Weekly
from engawa.porch.noticeboard.actions import pin
from engawa.post.keys import KeyRing, office_ring
from engawa.post.letters import DeskPublished, ExpectationPublished, OfficeKeyPublished, ResourcePublished, Wording
from engawa.post.sealing import key_id_of, public_key_of

ALWAYS = tuple(Weekly(weekday, dt.time(0), dt.time(23, 59)) for weekday in range(1, 8))


@pytest.fixture
def open_porch(porch_server: str) -> str:
    """Address of a porch that takes words."""
    public = public_key_of(ring().present())
    desk = DeskPublished(
        desk_id=uuid.uuid4(),
        position=0,
        name=Wording("「よりそい・つなぐ」相談窓口", "「よりそい・つなぐ」そうだんの まどぐち", "Yorisoi-Tsunagu desk"),
        summary=Wording("どなたでも、どんなことでも。", "だれでも、どんな ことでも。", "For anybody, about anything."),
        phone="075-000-0000",
        email="desk@example.org",
        address="みやこ市中区中町1-1",
        areas="みやこ市全域",
        takes_talks=True,
        hours=ALWAYS,
        closed_days=(),
    )
    place = ResourcePublished(
        resource_id=uuid.uuid4(),
        position=0,
        resource_kind="place",
        name=Wording("夜の居場所「月あかり」", "よるの いばしょ「つきあかり」", "Moonlight, a place at night"),
        summary=Wording(
            "だまって座っていてもいいところです。", "だまって すわって いても いいです。", "Just sitting is fine."
        ),
        times="木曜 20–22時",
        where="中町会館、オンライン",
        online=True,
        organisation="みやこ市",
    )
    expected = ExpectationPublished(desk_id=desk.desk_id, present=2, waiting=0, minutes=4, measured_at=clock.now())
    for letter in (OfficeKeyPublished(key_id=key_id_of(public), public_key=public), desk, place, expected):
        pin(letter)
    return porch_server


@pytest.fixture
def courier(zone_environment: dict[str, str], tmp_path: Path) -> Iterator[None]:
    """The courier's own process, carrying between the two zones as in service."""
    settings_module = {"DJANGO_SETTINGS_MODULE": "engawa.engine.settings.courier"}
    with (tmp_path / "courier").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "engawa.engine.serving.carrying"],
            env=os.environ | settings_module | zone_environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
        yield
        process.terminate()
        process.wait(30)
        assert process.stdin
        process.stdin.close()


def ring() -> KeyRing:
    """The office's keys of this run."""
    settings.HOME.make()
    return office_ring(settings.HOME.keys)
