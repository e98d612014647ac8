"""Pinning and unpinning what the office publishes. Only letters from the office change the board."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.live import announce
from engawa.porch.noticeboard.models import DeskNotice, Expectation, OfficeKey, ResourceNotice
from engawa.post.letters import (
    DeskPublished,
    DeskWithdrawn,
    ExpectationPublished,
    Letter,
    OfficeKeyPublished,
    ResourcePublished,
    ResourceWithdrawn,
    Unreadable,
    encode,
)
from engawa.post.sealing import key_id_of

DESKS_TOPIC = "porch:desks"


def pin(letter: Letter) -> None:
    """Do on the board what the office's letter says. Doing it twice changes nothing.

    Raises:
        Unreadable: this kind of letter does not belong on the board.
    """
    act = _ACTS.get(type(letter))
    if act is None:
        raise Unreadable(f"{letter.kind} does not belong on the noticeboard")
    with transaction.atomic(using=settings.PORCH_ALIAS):
        act(letter)
        announce(DESKS_TOPIC, "presence", using=settings.PORCH_ALIAS)


def _publish_key(letter: OfficeKeyPublished) -> None:
    if letter.key_id != key_id_of(letter.public_key):
        raise Unreadable("the key's name does not belong to the key")
    newest = OfficeKey.objects.order_by("-published_at").first()
    if newest and newest.id == letter.key_id:
        return
    latest = newest.published_at + dt.timedelta(microseconds=1) if newest else clock.now()
    OfficeKey.objects.update_or_create(
        id=letter.key_id,
        defaults={"public_key": letter.public_key, "published_at": max(clock.now(), latest)},
    )


def _publish_desk(letter: DeskPublished) -> None:
    shown = {"position": letter.position, "letter": encode(letter)}
    DeskNotice.objects.update_or_create(id=letter.desk_id, defaults=shown)


def _withdraw_desk(letter: DeskWithdrawn) -> None:
    DeskNotice.objects.filter(id=letter.desk_id).delete()
    Expectation.objects.filter(desk_id=letter.desk_id).delete()


def _publish_resource(letter: ResourcePublished) -> None:
    shown = {"position": letter.position, "letter": encode(letter)}
    ResourceNotice.objects.update_or_create(id=letter.resource_id, defaults=shown)


def _withdraw_resource(letter: ResourceWithdrawn) -> None:
    ResourceNotice.objects.filter(id=letter.resource_id).delete()


def _publish_expectation(letter: ExpectationPublished) -> None:
    Expectation.objects.update_or_create(desk_id=letter.desk_id, defaults={"letter": encode(letter)})


_ACTS: dict[type[Letter], Callable[[Any], None]] = {
    OfficeKeyPublished: _publish_key,
    DeskPublished: _publish_desk,
    DeskWithdrawn: _withdraw_desk,
    ResourcePublished: _publish_resource,
    ResourceWithdrawn: _withdraw_resource,
    ExpectationPublished: _publish_expectation,
}
