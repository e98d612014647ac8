"""What signing in means here: who may, what is written down, and what counts as the second factor."""

import base64
import time
from functools import cache
from hashlib import blake2b
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from nacl.secret import SecretBox

from engawa.office.access.actions.staff import record_oneself
from engawa.office.access.idle import greet
from engawa.office.access.models import Staff

_SEALED = "sealed:"
# What allauth says in its own words it says in those of the house: what happened, what was kept, what to do.
_NOT_YOU = _("パスワードがちがいます。何も変わっていません。もう一度入れてください。")
_WORDS = {
    "account_inactive": _(
        "このアカウントは止まっています。記録はそのまま残っています。所属の管理担当に知らせてください。"
    ),
    "email_password_mismatch": _(
        "メールアドレスかパスワードがちがいます。大文字と小文字、かな入力になっていないかを確かめて、もう一度入れてください。"
        "5回つづけてちがうと、15分のあいだ止まります。"
    ),
    "enter_current_password": _NOT_YOU,
    "incorrect_password": _NOT_YOU,
    "incorrect_code": _(
        "確認できませんでした。何も変わっていません。認証アプリの数字は30秒ごとに変わり、回復コードは一度だけ使えます。"
        "いま出ている6けたか、まだ使っていない回復コードを入れてください。"
    ),
    "too_many_login_attempts": _(
        "まちがいが続いたので、5分ほど止めています。何も変わっていません。そのあとで、もう一度試してください。"
    ),
    "rate_limited": _(
        "短いあいだに何度も続いたので止めました。何も変わっていません。5分ほどおいて、もう一度試してください。"
    ),
}
_WORDS_OF_FACTORS = {
    "incorrect_code": _WORDS["incorrect_code"],
    "cannot_delete_authenticator": _("確認の方法がこれ一つなので、外せません。先に、ほかの方法を登録してください。"),
    "cannot_generate_recovery_codes": _(
        "回復コードは、パスキーか認証アプリを登録したあとで作れます。先に登録してください。"
    ),
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No signing up: staff are invited. Whoever has just proved who they are is not asked again at once."""

    error_messages = DefaultAccountAdapter.error_messages | _WORDS

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_options: Any) -> bool:
        return bool(app) and not _has_just_signed_in(context.request)


def _has_just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Names a member of staff to their own device; keeps secrets of factors sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | _WORDS_OF_FACTORS

    def encrypt(self, text: str) -> str:
        return _SEALED + base64.b64encode(bytes(_factor_box().encrypt(text.encode()))).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not is_sealed(encrypted_text):  # from before secrets were sealed; housekeeping seals them
            return encrypted_text
        return _factor_box().decrypt(base64.b64decode(encrypted_text.removeprefix(_SEALED))).decode()

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.email, "display_name": user.name}


def is_sealed(secret: str) -> bool:
    """Whether this is the sealed form of a factor's secret."""
    return secret.startswith(_SEALED)


@cache
def _factor_box() -> SecretBox:
    """The seal of all factors; kept with the other secrets of the house, because without it no app's code is right."""
    secret: str = settings.HOME.secret("factors")
    return SecretBox(blake2b(secret.encode(), digest_size=32, person=b"engawa factors").digest())


def address_given(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whom a try at signing in was for; locks are kept by it."""
    return str((credentials or {}).get("email") or request.POST.get("login") or "").strip().lower()


def on_signed_in(request: HttpRequest, user: Staff, **_signal: Any) -> None:
    """Both factors are passed (or the first, by somebody who has no second yet)."""
    greet(request)
    record_oneself(user, "access.sign_in")


def on_signed_out(user: Staff | None, **_signal: Any) -> None:
    """Signed out, by hand or by the clock."""
    if user is not None:
        record_oneself(user, "access.sign_out")


def on_locked_out(username: str, **_signal: Any) -> None:
    """Too many wrong guesses at somebody's password; an address that nobody has is not written down."""
    if staff := Staff.objects.filter(email=username).first():
        record_oneself(staff, "access.locked_out")


def on_factor_failed(user: Staff, authenticator: Authenticator | None, **_signal: Any) -> None:
    """The password was right and the second factor was not: somebody may have learnt the password."""
    record_oneself(user, "access.factor_failed", {"type": authenticator.type if authenticator else ""})


def on_factor_added(request: HttpRequest, user: Staff, authenticator: Authenticator, **_signal: Any) -> None:
    """Whoever sets up a factor has proved it: this session counts as past both."""
    record_oneself(user, "access.add_factor", {"type": authenticator.type})
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type)


def on_factor_removed(request: HttpRequest, user: Staff, authenticator: Authenticator, **_signal: Any) -> None:
    """Without any factor left, this session is led to set one up again."""
    record_oneself(user, "access.remove_factor", {"type": authenticator.type})
    if not Authenticator.objects.filter(user=user).exists():
        clear_authentication_records(request)
