"""The doors of the office: signed in past both factors, and the permission where one is named.

Behind the door a view runs as its actor. A reading request (GET) has a read-only transaction; what it read is
written to the audit log in a second one before the page leaves. Any other request has one read-write transaction.
What the actor may not see does not exist: both answer 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from engawa.kernel.doors import Door, declare
from engawa.office.access import actions, idle
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import set_actor
from engawa.office.audit import actions as audit

P = ParamSpec("P")
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class StaffRequest(HttpRequest):
    """A request behind a staff door. A view that wants more live news adds to ``topics``."""

    user: Staff
    actor: Actor
    htmx: HtmxDetails
    topics: list[str]


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
AnyView = Callable[..., HttpResponseBase]


def staff_page(permission: Permission | None = None, *, unattended: bool = False) -> Callable[[StaffView[P]], AnyView]:
    """Declare a view for signed-in staff, with ``permission`` in at least one organisation where it is named.

    An ``unattended`` one is asked by the open page itself, and says nothing about whether anybody sits before it.
    """

    def decorate(view: StaffView[P]) -> AnyView:
        @wraps(view)
        def behind_the_door(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if refusal := way_in(request, unattended=unattended):
                return refusal
            if not has_second_factor(request):
                return redirect("access:second_factor")
            return _enter(view, request, permission, *args, **kwargs)

        return declare(behind_the_door, Door(open=False, note=permission or "staff"))

    return decorate


def signed_in_page(reason: str) -> Callable[[StaffView[P]], AnyView]:
    """Declare a view for anybody with a password, before the second factor; it runs without actor and wall.

    Whoever has a factor but has not shown it in this session signs in again.
    """

    def decorate(view: StaffView[P]) -> AnyView:
        @wraps(view)
        def behind_the_first_door(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if refusal := way_in(request):
                return refusal
            if is_mfa_enabled(request.user) and not has_second_factor(request):
                idle.sign_off(request)
                return _to_sign_in(request, request.get_full_path())
            return _not_kept(view(request, *args, **kwargs))

        return declare(behind_the_first_door, Door(open=False, note=reason))

    return decorate


def in_their_language(get_response: AnyView) -> AnyView:
    """Middleware: staff read every page, those of no door and those that refuse too, in the language they chose."""

    def answering(request: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
        return get_response(request)

    return answering


def way_in(request: HttpRequest, *, unattended: bool = False) -> HttpResponseBase | None:
    """Where a caller must go to sign in first; ``None`` lets them pass.

    What somebody had sent who must sign in is kept.
    """
    if request.user.is_authenticated and not idle.away_too_long(request):
        if not unattended:
            idle.stamp(request)
        return None
    if request.user.is_authenticated:
        idle.sign_off(request)
    if request.method in READING_METHODS:
        return _to_sign_in(request, request.get_full_path())
    kept = idle.keep_what_was_sent(request)
    return _to_sign_in(request, reverse("access:kept", args=[kept.pk]) if kept else _page_before(request))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened with, or has since gained, a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _to_sign_in(request: Any, back_to: str) -> HttpResponseBase:
    if request.htmx:
        page = _page_before(request) if request.method in READING_METHODS else back_to
        return HttpResponseClientRedirect(redirect_to_login(page).url)
    if request.content_type == "application/json":
        return HttpResponse(status=401)
    return redirect_to_login(back_to)


def _page_before(request: HttpRequest) -> str:
    """The page a form or a fragment belongs to, if it is one of ours."""
    before = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    return before.path + (f"?{before.query}" if before.query else "") if before.netloc == request.get_host() else "/"


def _enter(
    view: Callable[..., HttpResponseBase],
    request: Any,
    permission: Permission | None,
    *args: Any,
    **kwargs: Any,
) -> HttpResponseBase:
    request.actor = actor_of(request.user)
    request.topics = [f"staff:{request.actor.id}"]
    if permission and not request.actor.may(permission):
        raise Http404
    serve = _read if request.method in READING_METHODS else _write
    try:
        return _not_kept(serve(view, request, *args, **kwargs))
    except NotAllowed:
        raise Http404 from None


def _read(view: Callable[..., HttpResponseBase], request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    with audit.noting() as readings, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        set_actor(request.actor.key)
        answer = view(request, *args, **kwargs)
        set_actor("")  # ended by a commit: after a rollback every query would be planned anew
    if readings:
        with transaction.atomic():
            audit.write_readings(readings)
    return answer


def _write(view: Callable[..., HttpResponseBase], request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    with transaction.atomic():
        set_actor(request.actor.key)
        answer = view(request, *args, **kwargs)
        if answer.status_code in {204, 302, 303}:  # it was saved: what was kept of it is not needed any more
            actions.drop_what_was_kept(
                by=request.actor, post=request.POST.get("_kept", ""), draft=request.POST.get("_draft", "")
            )
    return answer


def _not_kept(answer: HttpResponseBase) -> HttpResponseBase:
    """No browser keeps a page of the office: the back button shows nothing after signing off."""
    patch_cache_control(answer, private=True, no_store=True)
    return answer
