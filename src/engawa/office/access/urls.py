"""URLs of signing in and of the administration of staff. There is no signing up."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import include, path

from engawa.kernel.doors import open_page
from engawa.office.access.doors import signed_in_page
from engawa.office.access.views import glass, log, organisations, own, staff

_way_in = open_page("the way in: nobody is signed in yet")
_own_keys = signed_in_page("one's own password and factors; allauth asks for the password again")

pages = [
    path("second-factor/", own.second_factor, name="second_factor"),
    path("invitation/<uuid:staff_id>/<str:token>/", own.invitation, name="invitation"),
    path("sign-off/", own.sign_off, name="sign_off"),
    path("me/", own.me, name="me"),
    path("me/here/", own.here, name="here"),
    path("me/ticket/", own.renew_ticket, name="renew_ticket"),
    path("me/drafts/", own.drafts, name="drafts"),
    path("me/kept/<uuid:pk>/", own.kept, name="kept"),
    path("me/kept/<uuid:pk>/drop/", own.drop_kept, name="drop_kept"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/<uuid:pk>/", staff.staff, name="staff"),
    path("staff/<uuid:pk>/role/", staff.set_role, name="set_role"),
    path("staff/<uuid:pk>/renew/", staff.renew, name="renew"),
    path("staff/<uuid:pk>/stop/", staff.set_active, {"active": False}, name="deactivate"),
    path("staff/<uuid:pk>/resume/", staff.set_active, {"active": True}, name="reactivate"),
    path("staff/roles/<uuid:pk>/end/", staff.end_role, name="end_role"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.found, name="found_organisation"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/close/", organisations.close, name="close_organisation"),
    path("glass/", glass.glass, name="glass"),
    path("glass/break/", glass.break_glass, name="break_glass"),
    path("glass/<uuid:pk>/close/", glass.close, name="close_glass"),
    path("audit/", log.log, name="log"),
    path("audit/check/", log.check, name="check_log"),
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

urlpatterns = [path("", include((pages, "access"))), *signing_in]
