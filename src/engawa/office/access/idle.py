"""Signing off whoever is not there any more, and keeping what they then send（離席）."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from engawa.office.access import actions
from engawa.office.access.models import KeptPost, Staff
from engawa.office.access.queries import actor_of

_SEEN = "engawa_seen_at"
_MARK = "engawa_signed_off"
_STAMP_SECONDS = 30
_OURS = {"csrfmiddlewaretoken", "_kept", "_draft"}


def away_too_long(request: HttpRequest) -> bool:
    """Whether nobody has touched this session for longer than the house allows."""
    return time.time() - float(request.session.get(_SEEN) or time.time()) > settings.IDLE_SECONDS


def stamp(request: HttpRequest) -> None:
    """Remember that somebody is here; written at most twice a minute."""
    if time.time() - float(request.session.get(_SEEN) or 0) > _STAMP_SECONDS:
        request.session[_SEEN] = time.time()


def sign_off(request: HttpRequest) -> None:
    """End the session, and remember whose it was, so that what they still send is kept for them alone."""
    staff_id = str(request.user.pk)
    logout(request)
    request.session[_MARK] = staff_id


def greet(request: HttpRequest) -> None:
    """Somebody signed in: the clock starts anew, the mark of whoever sat here before goes."""
    request.session.pop(_MARK, None)
    request.session[_SEEN] = time.time()


def keep_what_was_sent(request: HttpRequest) -> KeptPost | None:
    """Keep a form that arrived after its writer was signed off. Passwords and files are not kept."""
    staff = Staff.objects.filter(pk__in=[mark] if (mark := request.session.get(_MARK)) else [], is_active=True).first()
    fields = {name: values for name, values in request.POST.lists() if name not in _OURS and "password" not in name}
    if staff is None or not fields:
        return None
    return actions.keep_post(by=actor_of(staff), path=request.get_full_path(), fields=fields)
