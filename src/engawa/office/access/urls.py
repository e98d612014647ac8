"""URLs of signing in and of the administration of staff. There is no signing up."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import include, path

from engawa.kernel.doors import open_page
from engawa.office.access import views
from engawa.office.access.doors import signed_in_page

_way_in = open_page("the way in: nobody is signed in yet")
_own_keys = signed_in_page("one's own password and factors; allauth asks for the password again")

own = [
    path("invitation/<uuid:staff_id>/<str:token>/", views.invitation, name="invitation"),
    path("second-factor/", views.second_factor, name="second_factor"),
]

# allauth's views under our own doors; their names are looked up by allauth itself.
signing_in = [
    path("sign-in/", _way_in(account.login), name="account_login"),
    path("sign-out/", _way_in(account.logout), name="account_logout"),
    path("sign-in/inactive/", _way_in(account.account_inactive), name="account_inactive"),
    path("sign-in/factor/", _way_in(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", _way_in(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("me/again/", _own_keys(account.reauthenticate), name="account_reauthenticate"),
    path("me/again/factor/", _own_keys(factors.reauthenticate), name="mfa_reauthenticate"),
    path("me/again/passkey/", _own_keys(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("me/password/", _own_keys(account.password_change), name="account_change_password"),
    path("me/factors/", _own_keys(factors.index), name="mfa_index"),
    path("me/factors/app/", _own_keys(totp.activate_totp), name="mfa_activate_totp"),
    path("me/factors/app/remove/", _own_keys(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/factors/passkeys/", _own_keys(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("me/factors/passkeys/add/", _own_keys(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("me/factors/passkeys/<int:pk>/", _own_keys(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/factors/passkeys/<int:pk>/remove/", _own_keys(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("me/factors/codes/", _own_keys(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("me/factors/codes/new/", _own_keys(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("me/factors/codes/file/", _own_keys(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("me/sessions/", _own_keys(sessions.list_usersessions), name="usersessions_list"),
]  # fmt: skip

urlpatterns = [path("", include((own, "access"))), *signing_in]
