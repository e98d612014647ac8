"""The doors of the office: signed in past both factors, and the permission where one is named.

Behind the door a view runs as its actor. A reading request (GET) has a read-only transaction that is always
rolled back; what it read is written to the audit log in a second one before the page leaves. Any other
request has one read-write transaction. What the actor may not see does not exist: both answer 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from engawa.kernel.doors import Door, declare
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import set_actor
from engawa.office.audit import actions as audit

P = ParamSpec("P")
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class StaffRequest(HttpRequest):
    """A request behind a staff door."""

    user: Staff
    actor: Actor
    htmx: HtmxDetails


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
AnyView = Callable[..., HttpResponseBase]


def staff_page(permission: Permission | None = None) -> Callable[[StaffView[P]], AnyView]:
    """Declare a view for signed-in staff, with ``permission`` in at least one organisation where it is named."""

    def decorate(view: StaffView[P]) -> AnyView:
        @wraps(view)
        def behind_the_door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if refusal := way_in(request):
                return refusal
            return _enter(view, request, permission, *args, **kwargs)

        return declare(behind_the_door, Door(open=False, note=permission or "staff"))

    return decorate


def signed_in_page(reason: str) -> Callable[[StaffView[P]], AnyView]:
    """Declare a view for anybody with a password, before the second factor; it runs without actor and wall."""

    def decorate(view: StaffView[P]) -> AnyView:
        @wraps(view)
        def behind_the_first_door(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        return declare(behind_the_first_door, Door(open=False, note=reason))

    return decorate


def way_in(request: HttpRequest) -> HttpResponseBase | None:
    """Where a caller must go first: to sign in, or to set up a second factor. ``None`` lets them pass."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return None if has_second_factor(request) else redirect("access:second_factor")


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened with, or has since gained, a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _enter(
    view: Callable[..., HttpResponseBase],
    request: Any,
    permission: Permission | None,
    *args: Any,
    **kwargs: Any,
) -> HttpResponseBase:
    request.actor = actor_of(request.user)
    if permission and not request.actor.may(permission):
        raise Http404
    try:
        if request.method in READING_METHODS:
            return _read(view, request, *args, **kwargs)
        with transaction.atomic():
            set_actor(request.actor.key)
            return view(request, *args, **kwargs)
    except NotAllowed:
        raise Http404 from None


def _read(view: Callable[..., HttpResponseBase], request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    with audit.noting() as readings, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        set_actor(request.actor.key)
        answer = view(request, *args, **kwargs)
        transaction.set_rollback(True)
    if readings:
        with transaction.atomic():
            audit.write_readings(readings)
    return answer
